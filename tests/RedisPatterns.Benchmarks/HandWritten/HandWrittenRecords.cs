using System.Buffers.Binary;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>A string for each series and four hours by hand, to which 16 bytes are appended for each sample. Samples must come in order, each once.</summary>
internal sealed class HandWrittenRecords(IDatabase database, string prefix) : ISeriesSide
{
    private const int Length = sizeof(long) + sizeof(double);
    private static readonly long Period = (long)TimeSpan.FromHours(4).TotalMilliseconds;
    private readonly LatestKey?[] _latest = new LatestKey?[SeriesSamples.SeriesCount];
    private readonly string[] _prefixes = Array.ConvertAll(SeriesSamples.Names, name => $"{prefix}:{name}:");

    public string Name => "APPEND by hand";

    public Task DeclareAsync() => Task.CompletedTask;

    public Task AddAsync(int series, SeriesSample sample) => AppendAsync(database, series, [sample]);

    public Task AddAsync(int series, SeriesSample[] samples)
    {
        var (batch, appends) = (database.CreateBatch(), new List<Task>());
        for (var first = 0; first < samples.Length;)
        {
            var end = EndOf(samples, first);
            appends.Add(AppendAsync(batch, series, samples.AsSpan(first, end - first)));
            first = end;
        }

        batch.Execute();
        return appends.Count == 1 ? appends[0] : Task.WhenAll(appends);
    }

    public Task AddOfEachAsync(NamedSample[] samples)
    {
        var batch = database.CreateBatch();
        var appends = new Task[samples.Length];
        for (var i = 0; i < appends.Length; i++)
        {
            appends[i] = AppendAsync(batch, i, [samples[i].Sample]);
        }

        batch.Execute();
        return Task.WhenAll(appends);
    }

    public async Task<SeriesData> RangeAsync(int series, TimeRange range)
    {
        var found = await database.StringGetAsync(KeysOf(series, range)).ConfigureAwait(false);
        var (timestamps, values) = (new List<long>(), new List<double>());
        Read(found, range, (timestamp, value) =>
        {
            timestamps.Add(timestamp);
            values.Add(value);
        });
        return new([.. timestamps], [.. values]);
    }

    public async Task<SeriesData> AveragesAsync(int series, TimeRange range)
    {
        var averages = new HandWrittenAverages(range);
        Read(await database.StringGetAsync(KeysOf(series, range)).ConfigureAwait(false), range, averages.Add);
        return averages.ToData();
    }

    public async Task<IReadOnlyList<SeriesGroup>> GroupsAsync(TimeRange range, string? region)
    {
        var wanted = HandWrittenGroups.SeriesOf(region);
        var found = await database.StringGetAsync([.. wanted.SelectMany(series => KeysOf(series, range))]).ConfigureAwait(false);
        var (groups, each) = (new HandWrittenGroups(range), found.Length / wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            Read(found.AsSpan(i * each, each), range, groups.Series.Add);
            groups.End(wanted[i]);
        }

        return groups.ToList();
    }

    private static int EndOf(SeriesSample[] samples, int first)
    {
        var (period, end) = (samples[first].Timestamp / Period, first + 1);
        while (end < samples.Length && samples[end].Timestamp / Period == period)
        {
            end++;
        }

        return end;
    }

    private static void Read(ReadOnlySpan<RedisValue> found, TimeRange range, Action<long, double> take)
    {
        foreach (var value in found)
        {
            for (var rest = ((ReadOnlyMemory<byte>)value).Span; rest.Length >= Length; rest = rest[Length..])
            {
                var timestamp = BinaryPrimitives.ReadInt64LittleEndian(rest);
                if (range.Contains(timestamp))
                {
                    take(timestamp, BinaryPrimitives.ReadDoubleLittleEndian(rest[sizeof(long)..]));
                }
            }
        }
    }

    private Task<long> AppendAsync(IDatabaseAsync to, int series, ReadOnlySpan<SeriesSample> samples)
    {
        var records = new byte[samples.Length * Length];
        for (var i = 0; i < samples.Length; i++)
        {
            var record = records.AsSpan(i * Length);
            BinaryPrimitives.WriteInt64LittleEndian(record, samples[i].Timestamp);
            BinaryPrimitives.WriteDoubleLittleEndian(record[sizeof(long)..], samples[i].Value);
        }

        var period = samples[0].Timestamp / Period;
        var latest = _latest[series];
        if (latest is null || latest.Period != period)
        {
            _latest[series] = latest = new(period, KeyOf(series, period));
        }

        return to.StringAppendAsync(latest.Key, records);
    }

    private RedisKey[] KeysOf(int series, TimeRange range)
    {
        var (first, last) = (range.From / Period, (range.To - 1) / Period);
        var keys = new RedisKey[last - first + 1];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOf(series, first + i);
        }

        return keys;
    }

    private RedisKey KeyOf(int series, long period) => FormattableString.Invariant($"{_prefixes[series]}{period * Period}");

    // Most samples go where the one before them went.
    private sealed record LatestKey(long Period, RedisKey Key);
}
