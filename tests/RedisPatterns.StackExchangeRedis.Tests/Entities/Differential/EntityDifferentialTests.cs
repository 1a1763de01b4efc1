using System.Collections.Concurrent;
using System.Globalization;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>
/// Entities are the same in memory and on a server: generated calls of repositories get the same answers from both and leave
/// the same behind, also where keys have been damaged. <c>REDISPATTERNS_ENTITY_DIFFERENTIAL_OPERATIONS</c> sets how many,
/// <c>REDISPATTERNS_ENTITY_DIFFERENTIAL_SEED</c> where to begin.
/// </summary>
public sealed class EntityDifferentialTests(ITestOutputHelper output)
{
    private const long Operations = 16_000;
    private const long Seed = 1;
    private const int SequenceLength = 60;
    private const int Workers = 3;

    // What the stores answer is compared, not how soon: the machine may be busy with other tests.
    private const string Patience = ",asyncTimeout=120000,syncTimeout=120000";

    private readonly ConcurrentDictionary<string, long> _outcomes = new();
    private long _operations;
    private long _next = -1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entities_in_memory_and_on_a_server_are_the_same()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var reference = await RedisKeyValueStore.ConnectAsync(server.ConnectionString + Patience, cancellationToken: Cancellation);
        var (operations, seed) = (Number("OPERATIONS") ?? Operations, Number("SEED") ?? Seed);

        var found = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(reference, worker, operations, seed), Cancellation)));

        output.WriteLine($"{_operations} operations from seed {seed} without a difference:");
        foreach (var (outcome, count) in _outcomes.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"{count,10} {outcome}");
        }

        var difference = string.Join("\n\n", found.OfType<string>());
        Assert.True(difference.Length == 0, difference);
        Assert.True(_operations >= operations, $"Only {_operations} operations were run.");
    }

    private async Task<string?> WorkAsync(IKeyValueStore reference, int worker, long operations, long seed)
    {
        var comparison = new EntityComparison(reference, $"entities{worker}", Cancellation);
        for (var index = Interlocked.Increment(ref _next); index * SequenceLength < operations; index = Interlocked.Increment(ref _next))
        {
            var sequence = EntitySequenceGenerator.Create(seed + index, SequenceLength);
            if (await comparison.RunAsync(sequence, afterEach: false, Count) is { } difference)
            {
                Interlocked.Add(ref _next, operations);
                return await new EntityShrinker(comparison).DescribeAsync(sequence, difference);
            }
        }

        return null;
    }

    private void Count(EntityStep step, string outcome)
    {
        Interlocked.Increment(ref _operations);
        var refused = outcome.Split(' ')[0] is var word && word.EndsWith("Exception", StringComparison.Ordinal) ? word : "done";
        var verb = step.Text.Split(' ', ':')[0] is var first && first.Contains('.', StringComparison.Ordinal) ? first.Split('.')[1] : first;
        _outcomes.AddOrUpdate($"{verb} {refused}", 1, static (_, count) => count + 1);
    }

    private static long? Number(string name) =>
        Environment.GetEnvironmentVariable($"REDISPATTERNS_ENTITY_DIFFERENTIAL_{name}") is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
