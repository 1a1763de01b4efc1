using System.Text.RegularExpressions;
using Narration;
using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace Storefront.Tests;

public sealed partial class SameAnswersTests(InMemoryRun inMemory)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_default_server_gives_the_answers_of_memory_in_as_many_round_trips() =>
        RunAsync(() => TestServer.StartDefaultAsync(cancellationToken: Cancellation));

    [Fact]
    public Task A_cluster_gives_the_answers_of_memory_in_as_many_round_trips() =>
        RunAsync(() => TestServer.StartRedisClusterAsync(cancellationToken: Cancellation));

    [Fact]
    public Task Garnet_gives_the_answers_of_memory() =>
        RunAsync(() => TestServer.StartGarnetAsync(cancellationToken: Cancellation));

    private async Task RunAsync(Func<Task<TestServer>> start)
    {
        await using var server = await Servers.StartOrSkipAsync(start);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        await using var memory = new InMemoryKeyValueStore();
        await store.SetAsync("{storefront}", "not mine", cancellationToken: Cancellation);

        var steps = await new Story(store, memory, new PlainScreen(TextWriter.Null), TimeProvider.System).RunAsync(cancellationToken: Cancellation);
        Assert.Equal(inMemory.Steps.SelectMany(Lines), steps.SelectMany(Lines));

        // Elsewhere scripts may touch only the keys that they declare: a write looks first, which is a second round trip.
        if (store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys))
        {
            Assert.Equal(inMemory.Steps.Where(IsSteady).Select(Trips), steps.Where(IsSteady).Select(Trips));
        }

        await foreach (var key in store.ScanKeysAsync("{storefront}*", cancellationToken: Cancellation))
        {
            Assert.Equal("{storefront}", key.ToString());
        }

        Assert.True(await store.DeleteAsync("{storefront}", Cancellation));
    }

    private static IEnumerable<string> Lines(Step step) => step.Answer.Lines.Prepend(step.Question).Select(line => Generated().Replace(line, "(generated)"));

    // How a server pages through its keys is its own affair.
    private static bool IsSteady(Step step) => !step.Question.StartsWith("After all that", StringComparison.Ordinal);

    private static (string, long) Trips(Step step) => (step.Question, step.RoundTrips);

    // ULIDs, Guids, and generations of contents in parts.
    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=gen=)[a-z2-7]{16}")]
    private static partial Regex Generated();
}
