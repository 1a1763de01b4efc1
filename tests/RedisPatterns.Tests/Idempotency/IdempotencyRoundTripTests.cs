using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Tests.Documentation;
using Order = RedisPatterns.Tests.Documentation.Order;

namespace RedisPatterns.Tests.Idempotency;

/// <summary>What is remembered takes as many round trips as the page says.</summary>
public sealed class IdempotencyRoundTripTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operation_takes_two_round_trips_or_one_with_a_batch_and_its_result_one()
    {
        await using var store = new RoundTripCountingKeyValueStore(new InMemoryKeyValueStore());
        var orders = store.Keyspace("shop").Idempotency("orders", CatalogueJson.Default.Order);
        var order = new Order("o1", "shoe", 2);
        await orders.RunAsync("1", (_, _) => Task.FromResult(order), cancellationToken: Cancellation);
        Assert.Equal(2, store.RoundTrips);
        Assert.Equal(new(order, false), await orders.RunAsync("1", static (_, _) => throw new InvalidOperationException("It was run twice."), cancellationToken: Cancellation));
        Assert.Equal(3, store.RoundTrips);
        await orders.RunAsync(
            "2",
            async (run, token) =>
            {
                var batch = new AtomicBatch();
                batch.Add(Strings.Increment("{shop}:orders"));
                (await store.CommitAsync(run.Complete(batch, order), token)).EnsureCommitted();
                return order;
            },
            cancellationToken: Cancellation);
        Assert.Equal(5, store.RoundTrips);
        await orders.FindAsync("2", Cancellation);
        await orders.ForgetAsync("2", Cancellation);
        Assert.Equal(7, store.RoundTrips);
    }

    [Fact]
    public async Task A_remembered_change_takes_one_round_trip_and_one_more_where_it_reads_ahead()
    {
        await using var store = new RoundTripCountingKeyValueStore(new InMemoryKeyValueStore());
        var orders = store.Keyspace("shop").Repository<Order, OrderModel>(new OrderModel());
        for (var i = 1; i <= 2; i++)
        {
            var change = orders.Keyspace.Change().RememberAs("1", TimeSpan.FromHours(1));
            change.Insert(orders, new Order("o1", "shoe", 2));
            await change.CommitAsync(Cancellation);
            Assert.Equal(i, store.RoundTrips);
        }
    }
}
