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

    // A patch of a whole document reads and writes; the look at the id comes before.
    [Theory]
    [InlineData(false, 1, 1)]
    [InlineData(true, 3, 1)]
    public async Task A_remembered_change_takes_one_more_only_where_it_reads_ahead(bool reads, int first, int repeated)
    {
        await using var store = new RoundTripCountingKeyValueStore(new InMemoryKeyValueStore());
        var accounts = store.Keyspace("shop").Repository<Account, AccountModel>(new AccountModel(reads ? EntityLayout.Document() : EntityLayout.Hash));
        await accounts.InsertAsync(new Account("a1", "ada@example.com", "Oslo", 0, 0, null, []), Cancellation);
        foreach (var expected in new[] { first, repeated, repeated })
        {
            var before = store.RoundTrips;
            var change = accounts.Keyspace.Change().RememberAs("1", TimeSpan.FromHours(1));
            change.Patch(accounts, "a1", patch => patch.Increment(m => m.Logins, 1));
            await change.CommitAsync(Cancellation);
            Assert.Equal(expected, store.RoundTrips - before);
        }

        Assert.Equal(1, (await accounts.GetAsync("a1", Cancellation))!.Logins);
    }
}
