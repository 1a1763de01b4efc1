using System.Text.RegularExpressions;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Documentation;
using Order = RedisPatterns.Tests.Documentation.Order;

namespace RedisPatterns.Tests.Locks;

/// <summary>What locks, permits, terms and operations keep, byte for byte: a change here is a change of the format.</summary>
public sealed partial class GoldenLockTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_held_and_given_back_is_what_it_was_in_the_first_version()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var shop = store.Keyspace("shop");
        var options = new LockOptions { Renews = false, TimeProvider = _clock };
        await shop.Lock("import", options).AcquireAsync("a:b", Cancellation);
        await (await shop.Lock("import", options).AcquireAsync("c", Cancellation)).DisposeAsync();
        await shop.Semaphore("exports", 2, options).AcquireAsync("large", Cancellation);
        await shop.ReadWriteLock("catalogue", options).AcquireWriteAsync("eu", Cancellation);
        await shop.Idempotency("orders", CatalogueJson.Default.Order, new() { Run = options }).RunAsync("1", (_, _) => Task.FromResult(new Order("o1", "shoe", 2)), "request"u8.ToArray(), Cancellation);
        await shop.Idempotency("orders", CatalogueJson.Default.Order, new() { Run = options }).RunAsync("2", (_, _) => Task.FromResult(new Order("o1", "shoe", 2)), cancellationToken: Cancellation);
        using var stop = new CancellationTokenSource();
        var leading = shop.Election("scheduler", "node;3", new() { Term = options }).RunAsync((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, _clock, token), stop.Token);

        Assert.Equal(
            [
                "{shop}:leader:scheduler String OWNER;1767323075000;31633445000000;node;3 until 2026-01-03T03:04:35.0000000+00:00",
                "{shop}:lock:import:a%3Ab String OWNER;1767323075000;31633445000000 until 2026-01-03T03:04:35.0000000+00:00",
                "{shop}:lock:import:c String ;0;31633445000000 until 2026-01-03T03:04:35.0000000+00:00",
                """{shop}:once:orders:1 String =H1i5FFsk0QjXrDiIcziz6jIpgzucHkGCUDQ/kHv9EEc=;{"Id":"o1","ProductId":"shoe","Quantity":2,"Version":0} until 2026-01-03T03:04:05.0000000+00:00""",
                """{shop}:once:orders:2 String =;{"Id":"o1","ProductId":"shoe","Quantity":2,"Version":0} until 2026-01-03T03:04:05.0000000+00:00""",
                "{shop}:rwlock:catalogue:eu SortedSet aOWNER=1767323075000 until 2026-01-03T03:04:35.0000000+00:00",
                "{shop}:rwlock:catalogue:eu:state Hash token=31633445000000 until 2026-01-03T03:04:35.0000000+00:00",
                "{shop}:sem:exports:large SortedSet sOWNER=1767323075000 until 2026-01-03T03:04:35.0000000+00:00",
                "{shop}:sem:exports:large:state Hash token=31633445000000 until 2026-01-03T03:04:35.0000000+00:00",
            ],
            (await StoreContents.ReadAsync(store, "{shop}", Cancellation)).Select(line => Owner().Replace(line, "OWNER")));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leading);
    }

    [Fact]
    public async Task What_the_first_version_wrote_is_respected()
    {
        await using var store = new InMemoryKeyValueStore(_clock);
        var shop = store.Keyspace("shop");
        await store.SendAsync(Strings.Set("{shop}:lock:import:a", "abcdefghijklmnopqrst;1767323075000;51633445000000"), Cancellation);
        await store.SendAsync(Strings.Set("{shop}:leader:scheduler", "abcdefghijklmnopqrst;1767323075000;51633445000000;node;3"), Cancellation);
        await store.SendAsync(SortedSets.Add("{shop}:sem:exports:large", "sabcdefghijklmnopqrst", 1_767_323_075_000), Cancellation);
        await store.SendAsync(SortedSets.Add("{shop}:rwlock:catalogue:eu", "aabcdefghijklmnopqrst", 1_767_323_075_000), Cancellation);
        await store.SendAsync(Hashes.Set("{shop}:rwlock:catalogue:eu:state", "token", "51633445000000"), Cancellation);
        await store.SendAsync(Strings.Set("{shop}:once:orders:1", """=;{"Id":"o1","ProductId":"shoe","Quantity":2,"Version":0}"""), Cancellation);

        Assert.Null(await shop.Lock("import").TryAcquireAsync("a", cancellationToken: Cancellation));
        Assert.Equal("node;3", await shop.Election("scheduler", "other").GetLeaderAsync(Cancellation));
        Assert.Null(await shop.Semaphore("exports", 1).TryAcquireAsync("large", cancellationToken: Cancellation));
        Assert.Equal((0L, true), await shop.ReadWriteLock("catalogue").CountHeldAsync("eu", Cancellation));
        Assert.Equal(new(new Order("o1", "shoe", 2), false), await shop.Idempotency("orders", CatalogueJson.Default.Order).FindAsync("1", Cancellation));

        _clock.Advance(TimeSpan.FromSeconds(31));
        await using var taken = await shop.Lock("import").TryAcquireAsync("a", cancellationToken: Cancellation);
        await using var written = await shop.ReadWriteLock("catalogue").TryAcquireWriteAsync("eu", cancellationToken: Cancellation);
        Assert.Equal((51_633_445_000_001, 51_633_445_000_001), (taken!.FencingToken, written!.FencingToken));
    }

    [GeneratedRegex("[a-z2-7]{20}(?=[;=])")]
    private static partial Regex Owner();
}
