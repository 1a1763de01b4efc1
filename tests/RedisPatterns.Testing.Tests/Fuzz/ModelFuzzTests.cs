using System.Globalization;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.Testing.Tests.Conformance;
using StackExchange.Redis;

namespace RedisPatterns.Testing.Tests;

/// <summary>
/// Drawn calls of repositories get the outcomes and answers of a plain list of entities. <c>REDISPATTERNS_FUZZ_OPERATIONS</c>
/// sets how many on each backend, <c>REDISPATTERNS_FUZZ_SEED</c> where to begin.
/// </summary>
public sealed class ModelFuzzTests(ITestOutputHelper output, Servers servers)
{
    private const long InMemory = 73_000;
    private const long OnServer = 27_000;
    private const long InPartitions = 20_000;
    private const long Seed = 1;
    private const int SequenceLength = 1_000;
    private const int Workers = 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Entities_in_memory_answer_as_a_list_does() => RunAsync(InMemory, () =>
    {
        var clock = new ManualTimeProvider();
        return new(new StoreLease(new InMemoryKeyValueStore(clock), clock, disposesStore: true));
    });

    [Fact]
    public async Task Entities_on_a_server_answer_as_a_list_does()
    {
        var store = await servers.RedisAsync(RedisProtocol.Resp3);
        await RunAsync(OnServer, () => new(new StoreLease(store)));
    }

    [Fact]
    public Task Entities_in_partitions_answer_as_a_list_does() => RunAsync(
        InPartitions,
        () =>
        {
            var clock = new ManualTimeProvider();
            return new(new StoreLease(new InMemoryKeyValueStore(clock), clock, disposesStore: true));
        },
        partitions: 3);

    [Fact]
    public async Task A_failure_is_told_with_its_seed_and_cut_down()
    {
        var options = new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.BeforeSend, AtCall = 300 }] };
        var runner = new FuzzRunner(
            () =>
            {
                var clock = new ManualTimeProvider();
                return new(new StoreLease(new ChaosStore(new InMemoryKeyValueStore(clock), options), clock, disposesStore: true));
            },
            "fuzz",
            Cancellation);

        var failure = await runner.RunAsync(13, 400);

        Assert.StartsWith("Seed 13 with 400 steps fails, cut down to ", failure, StringComparison.Ordinal);
        Assert.Contains("\nseed 13, Hash\n   1. ", failure, StringComparison.Ordinal);
    }

    private static long? Number(string name) =>
        Environment.GetEnvironmentVariable($"REDISPATTERNS_FUZZ_{name}") is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private async Task RunAsync(long operations, Func<ValueTask<StoreLease>> rent, int partitions = 1)
    {
        operations = Number("OPERATIONS") ?? operations;
        var runner = new FuzzRunner(rent, $"fuzz{Guid.NewGuid():N}", Cancellation, partitions);
        var next = (Number("SEED") ?? Seed) - 1;
        var start = TimeProvider.System.GetTimestamp();
        var failures = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, Cancellation)));

        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runner.Calls} operations up to seed {next} in {seconds:F1} s, {runner.Calls / seconds:F0} a second"));
        foreach (var (outcome, count) in runner.Tally.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,10} {outcome}");
        }

        foreach (var (verb, milliseconds) in runner.Milliseconds.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds,10:F0} ms {verb}"));
        }

        var failure = string.Join("\n\n", failures.OfType<string>());
        Assert.True(failure.Length == 0, failure);

        async Task<string?> WorkAsync()
        {
            while (runner.Calls < operations)
            {
                if (await runner.RunAsync(Interlocked.Increment(ref next), SequenceLength) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }
}
