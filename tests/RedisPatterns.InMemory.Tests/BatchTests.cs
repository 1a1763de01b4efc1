using RedisPatterns.Commands;
using RedisPatterns.Testing;

namespace RedisPatterns.InMemory.Tests;

public sealed class BatchTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;

    public BatchTests() => _store = new InMemoryKeyValueStore(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_failing_command_takes_back_what_came_before_it()
    {
        await _store.SendAsync(Strings.Set("{s}text", "abc"), Token);
        await _store.SendAsync(Strings.Set("{s}timed", "x", TimeSpan.FromMinutes(1)), Token);
        await _store.SendAsync(Hashes.Set("{s}hash", "f", 1), Token);
        var batch = new AtomicBatch();
        var first = batch.Add(Strings.Append("{s}text", "def"));
        batch.Add(Strings.Set("{s}timed", "y"));
        batch.Add(Hashes.Delete("{s}hash", "f"));
        batch.Add(Keys.Rename("{s}text", "{s}moved"));
        batch.Add(Strings.Set("{s}new", 1));
        batch.Add(Strings.Increment("{s}moved"));

        var result = await _store.CommitAsync(batch, Token);

        Assert.Equal((CommitStatus.CommandFailed, 5), (result.Status, result.Index));
        Assert.IsType<InvalidNumberException>(result.Error);
        Assert.False(first.IsCompleted);
        Assert.Equal("abc", (await _store.SendAsync(Strings.Get("{s}text"), Token)).AsText());
        Assert.Equal("x", (await _store.SendAsync(Strings.Get("{s}timed"), Token)).AsText());
        Assert.Equal("1", (await _store.SendAsync(Hashes.Get("{s}hash", "f"), Token)).AsText());
        Assert.Equal(0, await _store.SendAsync(Keys.Exists("{s}moved", "{s}new"), Token));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await _store.SendAsync(Keys.Exists("{s}timed"), Token));
    }

    [Fact]
    public async Task A_condition_on_another_type_refuses_with_the_error()
    {
        await _store.SendAsync(Strings.Set("a", "abc"), Token);

        var wrongType = await _store.CommitAsync(new AtomicBatch().When(BatchCondition.Exists("a")).When(BatchCondition.HashFieldAbsent("a", "f")), Token);
        var noNumber = await _store.CommitAsync(new AtomicBatch().When(BatchCondition.NumberAtLeast("a", 1)), Token);
        var fails = await _store.CommitAsync(new AtomicBatch().When(BatchCondition.StringEquals("a", "x")), Token);

        Assert.Equal((CommitStatus.ConditionFailed, 1), (wrongType.Status, wrongType.Index));
        Assert.IsType<WrongTypeException>(wrongType.Error);
        Assert.IsType<InvalidNumberException>(noNumber.Error);
        Assert.Equal(CommitStatus.ConditionFailed, fails.Status);
        Assert.Null(fails.Error);
    }

    [Theory]
    [InlineData("9007199254740993", 9007199254740992, true, false)]
    [InlineData("9007199254740993", 9007199254740993, true, true)]
    [InlineData("-1", 0, false, true)]
    [InlineData("1.5", 1, true, false)]
    [InlineData("1e3", 1000, true, true)]
    [InlineData("-inf", long.MinValue, false, true)]
    public async Task Numbers_compare_exactly_where_they_are_whole(string stored, long limit, bool atLeast, bool atMost)
    {
        await _store.SendAsync(Strings.Set("a", stored), Token);

        Assert.Equal(atLeast, (await _store.CommitAsync(new AtomicBatch().When(BatchCondition.NumberAtLeast("a", limit)), Token)).IsCommitted);
        Assert.Equal(atMost, (await _store.CommitAsync(new AtomicBatch().When(BatchCondition.NumberAtMost("a", limit)), Token)).IsCommitted);
    }

    [Fact]
    public async Task A_remembered_commit_is_replayed_until_its_lifetime_ends()
    {
        AtomicBatch Build(out PendingReply<long> sum, out PendingReply<StoreValue[]> values)
        {
            var batch = new AtomicBatch().RememberAs("{s}once", TimeSpan.FromMinutes(1));
            sum = batch.Add(Strings.Increment("{s}n", 5));
            values = batch.Add(Strings.GetMany("{s}n", "{s}none"));
            return batch;
        }

        Assert.Equal(CommitStatus.Committed, (await _store.CommitAsync(Build(out var sum, out _), Token)).Status);
        Assert.Equal(5, sum.Value);
        Assert.Equal("*2\r\n:5\r\n*2\r\n$1\r\n5\r\n$-1\r\n", (await _store.SendAsync(Strings.Get("{s}once"), Token)).AsText());

        Assert.Equal(CommitStatus.Replayed, (await _store.CommitAsync(Build(out sum, out var values).When(BatchCondition.Exists("{s}none")), Token)).Status);
        Assert.Equal(5, sum.Value);
        Assert.Equal(["5", null], values.Value.Select(value => value.AsText()));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(CommitStatus.Committed, (await _store.CommitAsync(Build(out sum, out _), Token)).Status);
        Assert.Equal(10, sum.Value);
    }

    [Fact]
    public async Task A_refused_batch_is_not_remembered()
    {
        AtomicBatch Build() => new AtomicBatch().RememberAs("{s}once", TimeSpan.FromMinutes(1)).When(BatchCondition.Exists("{s}gate"));

        Assert.False((await _store.CommitAsync(Build(), Token)).IsCommitted);
        await _store.SendAsync(Strings.Set("{s}gate", 1), Token);
        Assert.Equal(CommitStatus.Committed, (await _store.CommitAsync(Build(), Token)).Status);
    }

    [Fact]
    public async Task Concurrent_batches_keep_the_sum()
    {
        for (var i = 0; i < 10; i++)
        {
            await _store.SendAsync(Strings.Set($"{{s}}{i}", 100), Token);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => MoveAsync(new Random(worker)), Token)));

        var values = await _store.SendAsync(Strings.GetMany([.. Enumerable.Range(0, 10).Select(i => new StoreKey($"{{s}}{i}"))]), Token);
        Assert.Equal(1_000, values.Sum(value => value.AsInt64()));
        Assert.All(values, value => Assert.True(value.AsInt64() >= 0));

        async Task MoveAsync(Random random)
        {
            for (var i = 0; i < 5_000; i++)
            {
                var (from, to) = ($"{{s}}{random.Next(10)}", $"{{s}}{random.Next(10)}");
                var amount = random.Next(1, 60);
                var batch = new AtomicBatch().When(BatchCondition.NumberAtLeast(from, amount));
                batch.Add(Strings.Increment(from, -amount));
                batch.Add(Strings.Increment(to, amount));

                // Every third fails after both: nothing must stay of it.
                if (i % 3 == 0)
                {
                    batch.Add(Hashes.Set(from, "f", 1));
                }

                await _store.CommitAsync(batch, Token);
            }
        }
    }
}
