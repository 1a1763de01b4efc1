using System.Collections.Concurrent;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Entities.Bulk;

namespace RedisPatterns.Tests.TimeSeries;

public sealed class SeriesScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_sealing_and_retention_are_done_at_every_interval()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var series = store.Keyspace("k").TimeSeries("s", new()
        {
            Retention = new() { Age = TimeSpan.FromHours(2) },
            Rules = [new("hourly", new(Aggregator.Sum, TimeSpan.FromHours(1)))],
        });
        var (runs, archived) = (new ConcurrentQueue<(string Set, SeriesRun Run)>(), new ConcurrentQueue<SeriesArchive>());
        var options = new SeriesScheduleOptions
        {
            Interval = TimeSpan.FromMinutes(5),
            Done = (set, run) => runs.Enqueue((set, run)),
            Archive = (archive, _) =>
            {
                archived.Enqueue(archive);
                return ValueTask.CompletedTask;
            },
        };
        await using var schedule = new SeriesSchedule(options, _clock).Add(series).Add(series);
        await series.AddAsync("a", Enumerable.Range(0, 2_880).Select(i => new SeriesSample(Noon.AddSeconds(10 * i), 1)).ToArray(), Cancellation);
        await PassAsync(schedule, 1, TimeSpan.FromMinutes(5));
        await PassAsync(schedule, 2, TimeSpan.FromMinutes(5));
        Assert.Equal(
            [("s", 8L, 3L, 1_440L), ("s", 0L, 0L, 0L)], runs.Select(done => (done.Set, done.Run.Buckets, done.Run.Sealed.Buckets, done.Run.Dropped.Samples)));
        Assert.Equal(1_440, Assert.Single(archived).Samples.Count);
        Assert.Equal(8, (await series.Resolution("hourly").RangeAsync("a", TimeRange.All, cancellationToken: Cancellation)).Count);
    }

    [Fact]
    public async Task A_failure_is_told_and_ends_nothing()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var series = store.Keyspace("k").TimeSeries("s", new() { Rules = [new("hourly", new(Aggregator.Sum, TimeSpan.FromHours(1)))] });
        var failures = new ConcurrentQueue<(string Set, Exception Error)>();
        await using var schedule = new SeriesSchedule(new() { Failed = (set, error) => failures.Enqueue((set, error)) }, _clock).Add(series);
        await store.SendAsync(Strings.Set("{k}:meta:series:s:rules", "in the way"), Cancellation);
        await PassAsync(schedule, 1, TimeSpan.FromMinutes(1));
        await PassAsync(schedule, 2, TimeSpan.FromMinutes(1));
        Assert.Equal(["s", "s"], failures.Select(failure => failure.Set));
        Assert.All(failures, failure => Assert.IsType<WrongTypeException>(failure.Error));
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesScheduleOptions { Interval = TimeSpan.FromMilliseconds(999) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesScheduleOptions { Interval = TimeSpan.FromDays(31) });
        await using var store = new InMemoryKeyValueStore(_clock);
        var schedule = new SeriesSchedule(timeProvider: _clock);
        Assert.Throws<ArgumentNullException>(() => schedule.Add(null!));
        await schedule.DisposeAsync();
        await schedule.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => schedule.Add(store.Keyspace("k").TimeSeries("s")));
    }

    private async Task PassAsync(SeriesSchedule schedule, long runs, TimeSpan time)
    {
        _clock.Advance(time);
        await Eventually.HoldsAsync(() => schedule.Runs >= runs);
    }
}
