using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Entities.Bulk;

namespace RedisPatterns.Tests.Locks;

/// <summary>What a lease does by itself while it is held.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly TimerWatch _watch;

    public LeaseTests() => _watch = new TimerWatch(_clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_is_renewed_after_each_third_of_its_lifetime()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var lease = await counting.Keyspace("k").Lock("import", new() { TimeProvider = _watch }).AcquireAsync("a", Cancellation);
        var trips = counting.RoundTrips;
        for (var third = 1; third <= 12; third++)
        {
            await SomebodyWaitsAsync(third);
            _clock.Advance(Lifetime / 3);
        }

        await SomebodyWaitsAsync(13);
        Assert.Equal(trips + 12, counting.RoundTrips);
        Assert.True(await store.Keyspace("k").Lock("import").IsHeldAsync("a", Cancellation));
        Assert.False(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        Assert.False(await store.Keyspace("k").Lock("import").IsHeldAsync("a", Cancellation));
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_tells_when_it_may_have_run_out()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var lease = await store.Keyspace("k").Lock("import", new() { Renews = false, TimeProvider = _watch }).AcquireAsync("a", Cancellation);
        await SomebodyWaitsAsync(1);
        _clock.Advance(Lifetime - TimeSpan.FromSeconds(1));
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.True(await lease.RenewAsync(Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SomebodyWaitsAsync(2);
        _clock.Advance(Lifetime - TimeSpan.FromSeconds(2));
        Assert.False(lease.Lost.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_until_the_lifetime_has_passed()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var chaos = new ChaosStore(store, new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 1 }] }, ownsInner: false);
        var lease = new Lease(new LockClaim(chaos, "{k}:lock:import:a", "me", "import", "a", new() { TimeProvider = _watch }), 1, _clock.GetTimestamp());
        for (var third = 1; third <= 3; third++)
        {
            await SomebodyWaitsAsync(third);
            Assert.False(lease.Lost.IsCancellationRequested);
            Assert.Equal(third - 1, chaos.Calls);
            _clock.Advance(Lifetime / 3);
        }

        await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested);
        Assert.Equal(3, chaos.Calls);
        await Assert.ThrowsAnyAsync<StoreException>(async () => await lease.DisposeAsync());
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task A_renewal_that_finds_the_lock_with_another_tells_at_once()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var lease = await store.Keyspace("k").Lock("import", new() { TimeProvider = _watch }).AcquireAsync("a", Cancellation);
        await store.SendAsync(RedisPatterns.Commands.Strings.Set("{k}:lock:import:a", "another;9999999999999;7"), Cancellation);
        await SomebodyWaitsAsync(1);
        _clock.Advance(Lifetime / 3);
        await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task One_who_waits_never_rests_longer_than_the_lease_lasts()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        await using var lease = await store.Keyspace("k").Lock("import", new() { Renews = false, Lifetime = TimeSpan.FromMilliseconds(500) }).AcquireAsync("a", Cancellation);
        var waiting = counting.Keyspace("k").Lock("import", new() { TimeProvider = _watch, Rest = TimeSpan.FromSeconds(60) }).AcquireAsync("a", Cancellation).AsTask();
        await SomebodyWaitsAsync(1);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        await (await waiting).DisposeAsync();
        Assert.Equal(3, counting.RoundTrips);
    }

    private Task SomebodyWaitsAsync(int timers) => Eventually.HoldsAsync(() => _watch.Set >= timers);
}
