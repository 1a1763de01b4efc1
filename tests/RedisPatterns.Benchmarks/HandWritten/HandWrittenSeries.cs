using System.Buffers.Text;
using System.Globalization;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>A sorted set for each series by hand: the member is moment and value, the score the moment.</summary>
internal sealed class HandWrittenSeries(IDatabase database, string prefix) : ISeriesSide
{
    private readonly RedisKey[] _keys = Array.ConvertAll(SeriesSamples.Names, name => (RedisKey)$"{prefix}:{name}");

    public string Name => "sorted set by hand";

    public Task DeclareAsync() => Task.CompletedTask;

    public Task AddAsync(int series, SeriesSample sample) => database.SortedSetAddAsync(_keys[series], MemberOf(sample), sample.Timestamp);

    public Task AddAsync(int series, SeriesSample[] samples) =>
        database.SortedSetAddAsync(_keys[series], Array.ConvertAll(samples, sample => new StackExchange.Redis.SortedSetEntry(MemberOf(sample), sample.Timestamp)));

    public Task AddOfEachAsync(NamedSample[] samples)
    {
        var batch = database.CreateBatch();
        var adds = new Task[samples.Length];
        for (var i = 0; i < adds.Length; i++)
        {
            adds[i] = batch.SortedSetAddAsync(_keys[i], MemberOf(samples[i].Sample), samples[i].Sample.Timestamp);
        }

        batch.Execute();
        return Task.WhenAll(adds);
    }

    public async Task<SeriesData> RangeAsync(int series, TimeRange range)
    {
        var members = await ReadAsync(database, series, range).ConfigureAwait(false);
        var (timestamps, values) = (new long[members.Length], new double[members.Length]);
        for (var i = 0; i < members.Length; i++)
        {
            (timestamps[i], values[i]) = Parse(members[i]);
        }

        return new(timestamps, values);
    }

    public async Task<SeriesData> AveragesAsync(int series, TimeRange range)
    {
        var averages = new HandWrittenAverages(range);
        Average(await ReadAsync(database, series, range).ConfigureAwait(false), averages);
        return averages.ToData();
    }

    public async Task<IReadOnlyList<SeriesGroup>> GroupsAsync(TimeRange range, string? region)
    {
        var batch = database.CreateBatch();
        var wanted = HandWrittenGroups.SeriesOf(region);
        var reads = Array.ConvertAll(wanted, series => ReadAsync(batch, series, range));
        batch.Execute();
        var found = await Task.WhenAll(reads).ConfigureAwait(false);
        var groups = new HandWrittenGroups(range);
        for (var i = 0; i < wanted.Length; i++)
        {
            Average(found[i], groups.Series);
            groups.End(wanted[i]);
        }

        return groups.ToList();
    }

    private Task<RedisValue[]> ReadAsync(IDatabaseAsync from, int series, TimeRange range) =>
        from.SortedSetRangeByScoreAsync(_keys[series], range.From, range.To, Exclude.Stop);

    private static void Average(RedisValue[] members, HandWrittenAverages averages)
    {
        foreach (var member in members)
        {
            var (timestamp, value) = Parse(member);
            averages.Add(timestamp, value);
        }
    }

    private static RedisValue MemberOf(SeriesSample sample) => string.Create(CultureInfo.InvariantCulture, $"{sample.Timestamp}:{sample.Value}");

    private static (long Timestamp, double Value) Parse(RedisValue member)
    {
        var text = ((ReadOnlyMemory<byte>)member).Span;
        return Utf8Parser.TryParse(text, out long timestamp, out var used) && Utf8Parser.TryParse(text[(used + 1)..], out double value, out _)
            ? (timestamp, value)
            : throw new FormatException("The member is no sample.");
    }
}
