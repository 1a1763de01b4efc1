using Checkout.Stock;
using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace Checkout.Tests;

public sealed class ReservationTests(Stores stores)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15), Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pieces_are_held_sold_or_given_back_however_often_it_is_asked(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (stock, reservations) = await StockedAsync(store, 5);

        for (var i = 0; i < 2; i++)
        {
            var held = await reservations.ReserveAsync("lamp", "ada", 3, Long, Cancellation);
            Assert.Equal((ReservationStatus.Held, 3), (held.Status, held.Pieces));
            Assert.NotNull(held.Until);
            Assert.Equal(new StockLevel(2, 3, 0, 5), await stock.LevelAsync("lamp", Cancellation));
        }

        Assert.Equal(new Reservation(ReservationStatus.Short, 2, null), await reservations.ReserveAsync("lamp", "grace", 3, Long, Cancellation));
        Assert.Equal(new Reservation(ReservationStatus.Gone, 0, null), await reservations.ConfirmAsync("lamp", "grace", Cancellation));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(new Reservation(ReservationStatus.Sold, 3, null), await reservations.ConfirmAsync("lamp", "ada", Cancellation));
        }

        // What is sold is not given back, and is not reserved again under its name.
        Assert.Equal(ReservationStatus.Sold, (await reservations.CancelAsync("lamp", "ada", Cancellation)).Status);
        Assert.Equal(ReservationStatus.Sold, (await reservations.ReserveAsync("lamp", "ada", 1, Long, Cancellation)).Status);

        await reservations.ReserveAsync("lamp", "linus", 2, Long, Cancellation);
        Assert.Equal(new StockLevel(0, 2, 3, 5), await stock.LevelAsync("lamp", Cancellation));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(new Reservation(ReservationStatus.Cancelled, 2, null), await reservations.CancelAsync("lamp", "linus", Cancellation));
        }

        Assert.Equal(ReservationStatus.Cancelled, (await reservations.ConfirmAsync("lamp", "linus", Cancellation)).Status);
        Assert.Equal(new StockLevel(2, 0, 3, 5), await stock.LevelAsync("lamp", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_was_cancelled_before_it_arrived_is_not_reserved_any_more(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (stock, reservations) = await StockedAsync(store, 5);
        Assert.Equal(new Reservation(ReservationStatus.Cancelled, 0, null), await reservations.CancelAsync("lamp", "late", Cancellation));
        Assert.Equal(ReservationStatus.Cancelled, (await reservations.ReserveAsync("lamp", "late", 1, Long, Cancellation)).Status);
        Assert.Equal(new StockLevel(5, 0, 0, 5), await stock.LevelAsync("lamp", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_has_ended_is_given_to_the_next_who_asks(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (stock, reservations) = await StockedAsync(store, 3);
        await reservations.ReserveAsync("lamp", "ada", 3, TimeSpan.FromMilliseconds(20), Cancellation);

        Reservation? next = null;
        await Poll.UntilAsync(
            async () => (next = await reservations.ReserveAsync("lamp", "grace", 2, Long, Cancellation)).Status == ReservationStatus.Held,
            Patience,
            "a reservation to end",
            Cancellation);

        Assert.Equal(2, next!.Pieces);
        Assert.Equal(ReservationStatus.Gone, (await reservations.ConfirmAsync("lamp", "ada", Cancellation)).Status);
        Assert.Equal(new StockLevel(1, 2, 0, 3), await stock.LevelAsync("lamp", Cancellation));
    }

    [Fact]
    public async Task A_reservation_ends_at_its_moment_and_not_before()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var (stock, reservations) = await StockedAsync(store, 5);
        var held = await reservations.ReserveAsync("lamp", "ada", 5, Long, Cancellation);
        Assert.Equal(clock.GetUtcNow() + Long, held.Until);

        clock.Advance(Long - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ReservationStatus.Short, (await reservations.ReserveAsync("lamp", "grace", 1, Long, Cancellation)).Status);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new StockLevel(0, 5, 0, 5), await stock.LevelAsync("lamp", Cancellation));
        Assert.Equal(ReservationStatus.Gone, (await reservations.ConfirmAsync("lamp", "ada", Cancellation)).Status);
        Assert.Equal(new StockLevel(5, 0, 0, 5), await stock.LevelAsync("lamp", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Hundreds_that_have_ended_go_to_one_who_wants_them_all(StoreKind kind)
    {
        var clock = new ManualTimeProvider();
        await using var store = await stores.OpenAsync(kind, clock);
        var (stock, reservations) = await StockedAsync(store, 350);
        var life = TimeSpan.FromSeconds(1);
        await Faulty.AtOnceAsync(8, 350, async i => await reservations.ReserveAsync("lamp", $"r{i}", 1, life, Cancellation));

        clock.Advance(life);
        await Poll.UntilAsync(
            async () => (await reservations.ReserveAsync("lamp", "all", 350, Long, Cancellation)).Status == ReservationStatus.Held, Patience, "all to end", Cancellation);

        Assert.Equal(new StockLevel(0, 350, 0, 350), await stock.LevelAsync("lamp", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_has_ended_is_not_confirmed_even_before_it_is_given_back(StoreKind kind)
    {
        var clock = new ManualTimeProvider();
        await using var store = await stores.OpenAsync(kind, clock);
        var (stock, reservations) = await StockedAsync(store, 350);
        var (life, begin) = (TimeSpan.FromSeconds(1), TimeProvider.System.GetTimestamp());
        await Faulty.AtOnceAsync(16, 350, async i => await reservations.ReserveAsync("lamp", $"r{i:000}", 1, life, Cancellation));

        clock.Advance(life);
        if (kind != StoreKind.Memory)
        {
            // Nothing is asked of the item meanwhile, so that all are still there.
            await Poll.UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(begin) > 2 * life), Patience, "all to end", Cancellation);
        }

        Assert.Equal(new Reservation(ReservationStatus.Gone, 0, null), await reservations.ConfirmAsync("lamp", "r349", Cancellation));
        var level = await stock.LevelAsync("lamp", Cancellation);
        Assert.True(level.IsWhole);
        if (kind == StoreKind.Memory) Assert.Equal(new StockLevel(101, 249, 0, 350), level);
    }

    [Fact]
    public async Task A_step_gives_back_a_hundred_and_one_who_needs_more_takes_further_steps()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var (stock, reservations) = await StockedAsync(counting, 350);
        for (var i = 0; i < 350; i++)
        {
            await reservations.ReserveAsync("lamp", $"r{i}", 1, Long, Cancellation);
        }

        clock.Advance(Long);
        var before = counting.RoundTrips;
        Assert.Equal(ReservationStatus.Held, (await reservations.ReserveAsync("lamp", "some", 100, Long, Cancellation)).Status);
        Assert.Equal(1, counting.RoundTrips - before);
        Assert.Equal(new StockLevel(0, 350, 0, 350), await stock.LevelAsync("lamp", Cancellation));
        before = counting.RoundTrips;
        Assert.Equal(ReservationStatus.Held, (await reservations.ReserveAsync("lamp", "most", 250, Long, Cancellation)).Status);
        Assert.Equal(3, counting.RoundTrips - before);
        Assert.Equal(new StockLevel(0, 350, 0, 350), await stock.LevelAsync("lamp", Cancellation));
    }

    [Fact]
    public async Task What_is_only_remembered_goes_after_an_hour()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var (stock, reservations) = await StockedAsync(store, 5);
        await reservations.ReserveAsync("lamp", "ada", 1, Long, Cancellation);
        await reservations.ConfirmAsync("lamp", "ada", Cancellation);
        await reservations.CancelAsync("lamp", "grace", Cancellation);
        clock.Advance(Reservations.Remembered - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await reservations.SweepAsync("lamp", Cancellation));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, await reservations.SweepAsync("lamp", Cancellation));
        Assert.Equal(new StockLevel(4, 0, 1, 5), await stock.LevelAsync("lamp", Cancellation));
        Assert.Equal(ReservationStatus.Gone, (await reservations.ConfirmAsync("lamp", "ada", Cancellation)).Status);
    }

    private static async Task<(StockRoom Stock, Reservations Reservations)> StockedAsync(IKeyValueStore store, int pieces)
    {
        var keyspace = store.Keyspace(Stores.NewName());
        var stock = new StockRoom(keyspace);
        await stock.AddAsync("d1", "lamp", pieces, Cancellation);
        await stock.AddAsync("d1", "lamp", pieces, Cancellation);
        Assert.Equal(new StockLevel(pieces, 0, 0, pieces), await stock.LevelAsync("lamp", Cancellation));
        return (stock, new Reservations(keyspace));
    }
}
