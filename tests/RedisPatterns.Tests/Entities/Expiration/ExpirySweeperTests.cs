using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Entities.Bulk;

namespace RedisPatterns.Tests.Entities.Expiration;

public sealed class ExpirySweeperTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expired_entities_are_removed_at_every_interval()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var (left, right) = (Leases(store, "left"), Leases(store, "right"));
        await using var sweeper = new ExpirySweeper(new() { Interval = TimeSpan.FromMinutes(5) }, _clock).Add(left).Add(right).Add(left);
        await InsertAsync(left, 3);
        await InsertAsync(right, 2);
        await PassAsync(sweeper, TimeSpan.FromMinutes(5));
        Assert.Equal(5, sweeper.Removed);
        Assert.Equal(["{left}:idx:lease"], await KeysAsync(store, "{left}"));
        await InsertAsync(right, 1);
        await PassAsync(sweeper, TimeSpan.FromMinutes(5));
        Assert.Equal((6L, 2L), (sweeper.Removed, sweeper.Runs));
        Assert.Equal(["{right}:idx:lease"], await KeysAsync(store, "{right}"));
    }

    [Fact]
    public async Task A_run_keeps_to_its_limit()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var leases = Leases(store, "k");
        await using var sweeper = new ExpirySweeper(new() { LimitPerRun = 4 }, _clock).Add(leases);
        await InsertAsync(leases, 6);
        await PassAsync(sweeper, TimeSpan.FromMinutes(1));
        Assert.Equal(4, sweeper.Removed);
        await PassAsync(sweeper, TimeSpan.FromMinutes(1));
        Assert.Equal(6, sweeper.Removed);
    }

    [Fact]
    public async Task A_failure_is_told_and_ends_nothing()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var broken = new InMemoryKeyValueStore(_clock);
        var (failing, working) = (Leases(broken, "k"), Leases(store, "k"));
        var failures = new ConcurrentQueue<ExpirySweepFailure>();
        await using var sweeper = new ExpirySweeper(new() { Failed = failures.Enqueue }, _clock).Add(failing).Add(working);
        await InsertAsync(working, 1);
        await InsertAsync(failing, 1);
        await broken.SendAsync(RedisPatterns.Commands.Keys.Delete((StoreKey)"{k}:exp:lease"), Cancellation);
        await broken.SendAsync(RedisPatterns.Commands.Strings.Set("{k}:exp:lease", "in the way"), Cancellation);
        await PassAsync(sweeper, TimeSpan.FromMinutes(1));
        await PassAsync(sweeper, TimeSpan.FromMinutes(1));
        Assert.Equal((1L, 2L), (sweeper.Removed, sweeper.Runs));
        Assert.Equal(["lease", "lease"], failures.Select(failure => failure.Model));
        Assert.All(failures, failure => Assert.IsType<WrongTypeException>(failure.Error));
    }

    [Fact]
    public async Task A_callback_that_throws_ends_the_runs_and_is_told_on_disposal()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await store.SendAsync(RedisPatterns.Commands.Strings.Set("{k}:exp:lease", "in the way"), Cancellation);
        var told = new TaskCompletionSource();
        var sweeper = new ExpirySweeper(new() { Failed = Throw }, _clock).Add(Leases(store, "k"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await told.Task.WaitAsync(Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sweeper.DisposeAsync());
        await sweeper.DisposeAsync();

        void Throw(ExpirySweepFailure failure)
        {
            told.SetResult();
            throw new InvalidOperationException(failure.Model);
        }
    }

    [Fact]
    public async Task After_disposal_nothing_runs_and_nothing_can_be_added()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var leases = Leases(store, "k");
        var sweeper = new ExpirySweeper(timeProvider: _clock).Add(leases);
        await InsertAsync(leases, 1);
        await sweeper.DisposeAsync();
        await sweeper.DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0L, 0L), (sweeper.Runs, sweeper.Removed));
        Assert.Throws<ObjectDisposedException>(() => sweeper.Add(leases));
        Assert.Equal(1, await leases.SweepAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpirySweeperOptions { Interval = TimeSpan.FromMilliseconds(99) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpirySweeperOptions { Interval = TimeSpan.FromHours(25) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpirySweeperOptions { LimitPerRun = 0 });
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var sweeper = new ExpirySweeper(timeProvider: _clock);
        Assert.Throws<ModelException>(() => sweeper.Add(store.Keyspace("k").Repository<Lease, LastingModel>(new LastingModel())));
        Assert.Throws<ArgumentNullException>(() => sweeper.Add<Lease>(null!));
    }

    private static Repository<Lease, LeaseModel> Leases(InMemoryKeyValueStore store, string name) =>
        store.Keyspace(name).Repository<Lease, LeaseModel>(new LeaseModel());

    private static async Task InsertAsync(Repository<Lease, LeaseModel> leases, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await leases.InsertAsync(new Lease($"l{i}", "x"), Cancellation);
        }
    }

    private static async Task<string[]> KeysAsync(InMemoryKeyValueStore store, string tag) =>
        [.. (await StoreContents.ReadAsync(store, tag, Cancellation)).Select(line => line.Split(' ')[0])];

    // The entities live as long as the shortest interval of these tests.
    private async Task PassAsync(ExpirySweeper sweeper, TimeSpan interval)
    {
        var runs = sweeper.Runs;
        _clock.Advance(interval);
        await Eventually.HoldsAsync(() => sweeper.Runs > runs);
    }

    internal sealed record Lease(string Id, string Kind);

    private sealed class LeaseModel : EntityModel<Lease>
    {
        public LeaseModel()
            : base("lease", lease => lease.Id, LeaseJson.Default.Lease)
        {
            ExpireAfter(TimeSpan.FromMinutes(1));
            Tag("kind", lease => lease.Kind);
        }
    }

    private sealed class LastingModel : EntityModel<Lease>
    {
        public LastingModel()
            : base("lasting", lease => lease.Id, LeaseJson.Default.Lease) => Tag("kind", lease => lease.Kind);
    }
}

[JsonSerializable(typeof(ExpirySweeperTests.Lease))]
internal sealed partial class LeaseJson : JsonSerializerContext;
