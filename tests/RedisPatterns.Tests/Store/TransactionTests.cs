using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Store;

/// <summary>How an optimistic transaction goes on and ends, where it does not depend on the store.</summary>
public sealed class TransactionTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task It_rests_between_attempts_by_the_clock_it_is_given()
    {
        var clock = new ManualTimeProvider();
        var attempts = 0;
        var bodyRan = new SemaphoreSlim(0);
        var options = new TransactionOptions { MaximumAttempts = 4, ShortestPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(2), TimeProvider = clock };
        var running = _store.TransactAsync(
            async (transaction, cancellation) =>
            {
                attempts++;
                await transaction.ReadAsync(Strings.Get("{t}n"), cancellation);
                await _store.SendAsync(Strings.Increment("{t}n"), cancellation);
                transaction.Add(Strings.Set("{t}written", "v"));
                bodyRan.Release();
            },
            options,
            Cancellation).AsTask();
        await bodyRan.WaitAsync(Cancellation);
        Assert.False(await bodyRan.WaitAsync(TimeSpan.FromMilliseconds(50), Cancellation), "It did not rest.");
        for (var i = 1; i < 4; i++)
        {
            while (!running.IsCompleted && !await bodyRan.WaitAsync(TimeSpan.FromMilliseconds(1), Cancellation))
            {
                clock.Advance(TimeSpan.FromHours(1));
            }
        }

        var result = await running;

        Assert.Equal((TransactionStatus.Conflict, 4, 4), (result.Status, result.Attempts, attempts));
        Assert.Equal("Conflict after 4 attempts", result.ToString());
        var conflict = Assert.Throws<TransactionConflictException>(result.EnsureCommitted);
        Assert.Contains("GET", conflict.Message, StringComparison.Ordinal);
        Assert.Same(result, conflict.Result);
    }

    [Fact]
    public async Task Cancelling_ends_it_between_attempts()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await transaction.ReadAsync(Strings.Get("{t}n"), cancellation);
                await _store.SendAsync(Strings.Increment("{t}n"), cancellation);
                await cancelled.CancelAsync();
                transaction.Add(Strings.Set("{t}written", "v"));
            },
            new TransactionOptions { ShortestPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1) },
            cancelled.Token));

        Assert.False(await _store.SendAsync(Keys.Exists("{t}written"), Cancellation));
    }

    [Fact]
    public async Task Reads_may_run_concurrently()
    {
        var result = await _store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await Task.WhenAll(Enumerable.Range(0, 100).Select(i => transaction.ReadAsync(Strings.Get($"{{t}}{i}"), cancellation).AsTask()));
                await _store.SendAsync(Strings.Set("{t}57", "v"), cancellation);
                transaction.Add(Strings.Set("{t}written", "v"));
            },
            new TransactionOptions { MaximumAttempts = 1 },
            Cancellation);

        Assert.Equal(TransactionStatus.Conflict, result.Status);
        Assert.Equal((StoreKey)"{t}57", Assert.Single(result.Conflict!.Keys));
    }

    [Fact]
    public async Task Commands_whose_reply_types_are_not_known_are_carried_out_too()
    {
        StoreCommand[] commands = [Strings.Set("{t}a", 1), Lists.RightPush("{t}b", "x", "y")];
        var pending = new List<PendingReply>();
        var result = await _store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await transaction.ReadAsync(Strings.Get("{t}a"), cancellation);
                foreach (var command in commands)
                {
                    pending.Add(transaction.Add(command));
                }

                await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.ReadAsync(Strings.Get("{t}a"), cancellation));
                Assert.Throws<CrossSlotException>(() => transaction.Add((StoreCommand)Strings.Set("{u}a", 1)));
            },
            cancellationToken: Cancellation);

        Assert.Equal(TransactionStatus.Committed, result.Status);
        Assert.Equal(2, Assert.IsType<PendingReply<long>>(pending[1]).Value);
        Assert.Equal(1, (await _store.SendAsync(Strings.Get("{t}a"), Cancellation)).AsInt64());
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionOptions { MaximumAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionOptions { ShortestPause = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionOptions { LongestPause = TimeSpan.FromTicks(-1) });
    }
}
