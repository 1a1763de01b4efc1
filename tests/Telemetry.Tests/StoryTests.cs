using System.Globalization;
using Narration;
using RedisPatterns;
using RedisPatterns.Commands;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace Telemetry.Tests;

/// <summary>The sample as it is shown: the same on every store, and nothing is left.</summary>
public sealed class StoryTests(InMemoryRun inMemory)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_Redis_gives_the_answers_of_memory_in_as_many_round_trips() => CompareAsync(() => TestServer.StartDefaultAsync(cancellationToken: Cancellation));

    [Fact]
    public Task A_cluster_gives_the_answers_of_memory_in_as_many_round_trips() => CompareAsync(() => TestServer.StartRedisClusterAsync(cancellationToken: Cancellation));

    [Fact]
    public Task A_Garnet_gives_the_answers_of_memory_in_as_many_round_trips() => CompareAsync(() => TestServer.StartGarnetAsync(cancellationToken: Cancellation));

    [Fact]
    public async Task A_run_leaves_nothing() => Assert.Equal(0, await inMemory.Store.SendAsync(Keys.Count(), Cancellation));

    [Fact]
    public void Engines_take_what_they_say()
    {
        var rows = inMemory.Answer("Bytes a sample").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(row => row[0], row => row[1..].Select(Number).ToArray());
        Assert.Equal(["SortedSet", "HashBuckets", "Chunks", "OrderedKeys"], rows.Keys);
        Assert.All(rows["Chunks"], bytes => Assert.InRange(bytes, 0.1, 16.5));
        Assert.All(rows["HashBuckets"], bytes => Assert.InRange(bytes, 9, 29));
        Assert.True(rows["SortedSet"][0] > rows["HashBuckets"][0]);
    }

    [Fact]
    public void Plain_lines_fit_a_screen_and_show_code_without_its_frame()
    {
        Assert.All(inMemory.Output.Split('\n'), line => Assert.True(line.Length <= 180, line));
        Assert.DoesNotContain('\e', inMemory.Output);
        Assert.DoesNotContain("cancellationToken", inMemory.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_that_the_ending_names_exist()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RedisPatterns.sln")))
        {
            folder = folder.Parent!;
        }

        Assert.All(Story.NamedFiles, file => Assert.True(Path.Exists(Path.Combine(folder.FullName, file)), file));
    }

    private async Task CompareAsync(Func<Task<TestServer>> start)
    {
        await using var server = await StartOrSkipAsync(start);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        await store.SetAsync("{telemetry}", "not mine", cancellationToken: Cancellation);

        var steps = await new Story(store, new PlainScreen(TextWriter.Null), TimeProvider.System).RunAsync(cancellationToken: Cancellation);

        Assert.Equal(inMemory.Steps.Where(IsShared).SelectMany(Lines), steps.Where(IsShared).SelectMany(Lines));

        // Where scripts must name all keys beforehand, to declare a series takes two.
        bool IsSteadyHere(Step step) => IsSteady(step) && (store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys) || !Declares(step));
        Assert.Equal(inMemory.Steps.Where(IsSteadyHere).Select(Trips), steps.Where(IsSteadyHere).Select(Trips));
        await foreach (var key in store.ScanKeysAsync("{telemetry}*", cancellationToken: Cancellation))
        {
            Assert.Equal("{telemetry}", key.ToString());
        }

        Assert.True(await store.DeleteAsync("{telemetry}", Cancellation));
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

    // The engine that only memory has.
    private static IEnumerable<string> Lines(Step step) => step.Answer.Lines.Where(line => !line.StartsWith("OrderedKeys", StringComparison.Ordinal)).Prepend(step.Question);

    // What a store makes of samples differs, and how fast it is.
    private static bool IsShared(Step step) => !step.Question.StartsWith("OrderedKeys", StringComparison.Ordinal) && !step.Question.StartsWith("What this store", StringComparison.Ordinal);

    // How many keys there are to be counted depends on the engines, and in how many pages they come on the server. What is sealed while
    // a load goes on is sealed a few together, as many as it happens.
    private static bool IsSteady(Step step) =>
        IsShared(step) && !step.Question.StartsWith("Bytes a sample", StringComparison.Ordinal) && !step.Question.StartsWith("Chunks: ", StringComparison.Ordinal);

    private static bool Declares(Step step) =>
        step.Chapter == "Engines" || step.Question.Contains(" series of ", StringComparison.Ordinal) || step.Question.StartsWith("Declare", StringComparison.Ordinal)
            || step.Question.Contains("each policy", StringComparison.Ordinal);

    private static (string, long) Trips(Step step) => (step.Question, step.RoundTrips);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
