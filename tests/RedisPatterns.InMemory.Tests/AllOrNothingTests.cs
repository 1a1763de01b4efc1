using RedisPatterns.Commands;
using RedisPatterns.Testing;

namespace RedisPatterns.InMemory.Tests;

/// <summary>Batches of random commands of every family, of which the last one fails: nothing may stay of the others.</summary>
public sealed class AllOrNothingTests : IAsyncDisposable
{
    private const int Rounds = 800;

    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;

    public AllOrNothingTests() => _store = new InMemoryKeyValueStore(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_stays_of_a_batch_that_fails(int seed)
    {
        var commands = new RandomWrites(seed);
        await _store.SendAsync(Hashes.Set("{a}fail", "f", 1), Token);
        var (committed, undone) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var batch = new AtomicBatch();
            for (var i = commands.Random.Next(1, 6); i > 0; i--)
            {
                batch.Add(commands.Next(_clock.GetUtcNow().ToUnixTimeMilliseconds()));
            }

            var fails = round % 2 == 0;
            if (fails)
            {
                batch.Add(Strings.Increment("{a}fail"));
            }

            var before = await Contents.ReadAsync(_store, Token);
            var result = await _store.CommitAsync(batch, Token);
            var after = await Contents.ReadAsync(_store, Token);

            if (!result.IsCommitted)
            {
                Assert.True(before == after, $"Round {round}: {string.Join("; ", batch.Replies.Select(reply => reply.Command))}\n{before}\n{after}");
                undone += result.Index > 0 ? 1 : 0;
            }

            committed += result.IsCommitted ? 1 : 0;
            Assert.False(fails && result.IsCommitted);
            _clock.Advance(TimeSpan.FromMilliseconds(commands.Random.Next(200)));
        }

        Assert.True(committed > Rounds / 10 && undone > Rounds / 10, $"{committed} committed, {undone} undone");
    }
}
