using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Entities.Bulk;

namespace RedisPatterns.Tests.Entities.Verification;

public sealed class RecountScheduleTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_wrong_is_put_right_at_every_interval()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var jobs = Jobs(store, "k");
        var reports = new ConcurrentQueue<(string Model, RecountReport Report)>();
        await using var schedule = new RecountSchedule(new() { Interval = TimeSpan.FromMinutes(5), Done = (model, report) => reports.Enqueue((model, report)) }, _clock).Add(jobs).Add(jobs);
        await jobs.InsertAsync(new Job("a", "x"), Cancellation);
        await store.SendAsync(Hashes.Increment("{k}:stat:job:per-kind", "x", 6), Cancellation);
        await PassAsync(schedule, TimeSpan.FromMinutes(5));
        Assert.Equal((1L, 1L), (schedule.Runs, schedule.Found));
        Assert.Equal(1, await jobs.TotalAsync(m => m.PerKind, "x", Cancellation));
        await PassAsync(schedule, TimeSpan.FromMinutes(5));
        Assert.Equal((2L, 1L), (schedule.Runs, schedule.Found));
        Assert.Equal([("job", 1L, 1L), ("job", 1L, 0L)], reports.Select(done => (done.Model, done.Report.Entities, done.Report.Found)));
    }

    [Fact]
    public async Task It_only_looks_where_it_is_told_to()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var jobs = Jobs(store, "k");
        await using var schedule = new RecountSchedule(new() { Recount = new() { Mends = false } }, _clock).Add(jobs);
        await store.SendAsync(Hashes.Increment("{k}:stat:job:per-kind", "x", 6), Cancellation);
        await PassAsync(schedule, TimeSpan.FromDays(1));
        Assert.Equal(1L, schedule.Found);
        Assert.Equal(6, await jobs.TotalAsync(m => m.PerKind, "x", Cancellation));
    }

    [Fact]
    public async Task A_failure_is_told_and_ends_nothing()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var jobs = Jobs(store, "k");
        var failures = new ConcurrentQueue<(string Model, Exception Error)>();
        await using var schedule = new RecountSchedule(new() { Failed = (model, error) => failures.Enqueue((model, error)) }, _clock).Add(jobs);
        await store.SendAsync(Strings.Set("{k}:meta:job:recount", "in the way"), Cancellation);
        await PassAsync(schedule, TimeSpan.FromDays(1));
        await PassAsync(schedule, TimeSpan.FromDays(1));
        Assert.Equal(["job", "job"], failures.Select(failure => failure.Model));
        Assert.All(failures, failure => Assert.IsType<WrongTypeException>(failure.Error));
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecountScheduleOptions { Interval = TimeSpan.FromMilliseconds(999) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecountScheduleOptions { Interval = TimeSpan.FromDays(31) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecountOptions { MaximumDifferences = -1 });
        await using var store = new InMemoryKeyValueStore(_clock);
        var schedule = new RecountSchedule(timeProvider: _clock);
        Assert.Throws<ModelException>(() => schedule.Add(store.Keyspace("k").Repository<Job, PlainModel>(new PlainModel())));
        Assert.Throws<ArgumentNullException>(() => schedule.Add<Job>(null!));
        await schedule.DisposeAsync();
        await schedule.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => schedule.Add(Jobs(store, "k")));
    }

    [Fact]
    public async Task A_recount_rests_between_its_batches_and_tells_how_far_it_is()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var jobs = Jobs(store, "k");
        await jobs.InsertAsync(new Job("a", "x"), Cancellation);
        var shares = new ConcurrentQueue<double>();
        var recount = jobs.RecountAsync(new() { Pause = TimeSpan.FromSeconds(1), TimeProvider = _clock, Progress = new Told(shares.Enqueue) }, Cancellation).AsTask();
        for (var batch = 1; batch <= 64; batch++)
        {
            await Eventually.HoldsAsync(() => shares.Count == batch);
            Assert.False(recount.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True((await recount).IsClean);
        Assert.Equal(1.0, shares.Last());
    }

    private static Repository<Job, JobModel> Jobs(InMemoryKeyValueStore store, string name) => store.Keyspace(name).Repository<Job, JobModel>(new JobModel());

    private async Task PassAsync(RecountSchedule schedule, TimeSpan interval)
    {
        var runs = schedule.Runs;
        _clock.Advance(interval);
        await Eventually.HoldsAsync(() => schedule.Runs > runs);
    }

    internal sealed record Job(string Id, string Kind);

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    private sealed class JobModel : EntityModel<Job>
    {
        public JobModel()
            : base("job", job => job.Id, JobJson.Default.Job) => PerKind = Count("per-kind", job => job.Kind);

        public GroupTotal<Job, string, long> PerKind { get; }
    }

    private sealed class PlainModel : EntityModel<Job>
    {
        public PlainModel()
            : base("plain", job => job.Id, JobJson.Default.Job) => Tag("kind", job => job.Kind);
    }
}

[JsonSerializable(typeof(RecountScheduleTests.Job))]
internal sealed partial class JobJson : JsonSerializerContext;
