using Narration;
using RedisPatterns;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace FlightBoard.Tests;

public sealed class SameAnswersTests(InMemoryRun inMemory)
{
    // The round trips of these depend on who meets whom, and on how the server pages through its keys.
    private static readonly string[] VaryingChapters = ["Conflict", "Verify"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_default_server_gives_the_answers_of_memory_in_as_many_round_trips()
    {
        var steps = await RunAsync(() => TestServer.StartDefaultAsync(cancellationToken: Cancellation), sameTrips: true);
        Assert.True(steps.Count > 20);
    }

    [Fact]
    public Task A_cluster_gives_the_answers_of_memory_in_as_many_round_trips() =>
        RunAsync(() => TestServer.StartRedisClusterAsync(cancellationToken: Cancellation), sameTrips: true);

    // There a script may touch only the keys that it declares: a write looks first, which is a second round trip.
    [Fact]
    public Task Garnet_gives_the_answers_of_memory() =>
        RunAsync(() => TestServer.StartGarnetAsync(cancellationToken: Cancellation), sameTrips: false);

    private async Task<IReadOnlyList<Step>> RunAsync(Func<Task<TestServer>> start, bool sameTrips)
    {
        await using var server = await StartOrSkipAsync(start);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        await store.SetAsync("{flightboard}", "not mine", cancellationToken: Cancellation);

        var steps = await new Story(store, new PlainScreen(TextWriter.Null), TimeProvider.System).RunAsync(cancellationToken: Cancellation);
        Assert.Equal(inMemory.Steps.SelectMany(Lines), steps.SelectMany(Lines));
        if (sameTrips && store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys))
        {
            Assert.Equal(inMemory.Steps.Where(IsSteady).Select(Trips), steps.Where(IsSteady).Select(Trips));
        }

        await foreach (var key in store.ScanKeysAsync("{flightboard}*", cancellationToken: Cancellation))
        {
            Assert.Equal("{flightboard}", key.ToString());
        }

        Assert.True(await store.DeleteAsync("{flightboard}", Cancellation));
        return steps;
    }

    private static async Task<TestServer> StartOrSkipAsync(Func<Task<TestServer>> start)
    {
        try
        {
            return await start();
        }
        catch (TestServerUnavailableException exception)
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    private static IEnumerable<string> Lines(Step step) => step.Answer.Lines.Prepend(step.Question);

    private static bool IsSteady(Step step) => !VaryingChapters.Contains(step.Chapter);

    private static (string, long) Trips(Step step) => (step.Question, step.RoundTrips);
}
