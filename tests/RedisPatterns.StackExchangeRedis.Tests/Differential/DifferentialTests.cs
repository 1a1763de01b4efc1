using System.Globalization;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>
/// The in-memory store is a model of Redis: generated commands get the same answers from both and leave the same behind.
/// <c>REDISPATTERNS_DIFFERENTIAL_COMMANDS</c> sets how many commands, <c>REDISPATTERNS_DIFFERENTIAL_SEED</c> where to begin,
/// <c>REDISPATTERNS_DIFFERENTIAL_FAMILIES</c> which families (all unless set).
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const long Commands = 200_000;
    private const long Seed = 20_260_101;

    // What the stores answer is compared, not how soon: the machine may be busy with other tests.
    private const string Patience = ",asyncTimeout=120000,syncTimeout=120000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_in_memory_store_and_the_server_answer_alike()
    {
        await using var server = await StartServerAsync();
        await using var reference = await RedisKeyValueStore.ConnectAsync(server.ConnectionString + Patience, cancellationToken: Cancellation);
        await using var subject = new InMemoryKeyValueStore();
        var options = Options(Commands);

        var report = await new DifferentialRun(reference, subject, options).RunAsync(Cancellation);

        output.WriteLine($"{reference.Capabilities.Server} {reference.Capabilities.Version}: {report}");
        Assert.True(report.Difference is null, report.Difference);
        Assert.Equal(0, report.UnsupportedBatches);
        Assert.True(report.Commands >= options.Commands, $"Only {report.Commands} commands were run.");
        if (options.Families is null && options.Commands >= Commands)
        {
            // Every command that the library knows by name was among them, or is known to be left out.
            string[] leftOut =
            [
                .. report.MissingCommands, CommandTable.DbSize.Name, CommandTable.RandomKey.Name, CommandTable.KeyRange.Name,
                CommandTable.FunctionList.Name, CommandTable.FunctionLoad.Name, CommandTable.FunctionDelete.Name,
            ];
            Assert.Equal([], CommandTable.All.Select(row => row.Name).Except(report.CommandsByName.Keys).Except(leftOut));
        }
    }

    /// <summary>Batches are the same where they are transactions rather than scripts.</summary>
    [Fact]
    public async Task The_in_memory_store_and_a_server_without_scripts_answer_alike()
    {
        await using var server = await StartServerAsync();
        await using var reference = await RedisKeyValueStore.ConnectAsync(
            server.ConnectionString, new RedisKeyValueStoreOptions { UseScripts = false }, Cancellation);
        await using var subject = new InMemoryKeyValueStore();

        var report = await new DifferentialRun(reference, subject, Options(Commands / 10)).RunAsync(Cancellation);

        output.WriteLine($"{reference.Capabilities.Server} {reference.Capabilities.Version}, batches as transactions: {report}");
        Assert.True(report.Difference is null, report.Difference);
    }

    /// <summary>What is compared is determined: a difference is never an accident of the server's.</summary>
    [Fact]
    public async Task Two_servers_answer_alike()
    {
        await using var first = await StartServerAsync();
        Assert.SkipUnless(first.IsOwned, "There is one server only.");
        await using var second = await StartServerAsync();
        await using var reference = await RedisKeyValueStore.ConnectAsync(first.ConnectionString + ",protocol=resp3", cancellationToken: Cancellation);
        await using var subject = await RedisKeyValueStore.ConnectAsync(second.ConnectionString + ",protocol=resp2", cancellationToken: Cancellation);

        var report = await new DifferentialRun(reference, subject, Options(Commands / 10)).RunAsync(Cancellation);

        output.WriteLine($"{reference.Capabilities.Server} {reference.Capabilities.Version}, RESP3 and RESP2: {report}");
        Assert.True(report.Difference is null, report.Difference);
    }

    private static async Task<TestServer> StartServerAsync()
    {
        try
        {
            var server = await TestServer.StartDefaultAsync(cancellationToken: Cancellation);
            if (server.Kind == TestServerKind.Garnet)
            {
                await server.DisposeAsync();
                Assert.Skip("Garnet is no model of Redis: the in-memory store is compared with a redis-server.");
            }

            return server;
        }
        catch (TestServerUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static DifferentialOptions Options(long commands) => new()
    {
        Commands = Number("COMMANDS") ?? commands,
        Seed = Number("SEED") ?? Seed,
        Batches = Variable("BATCHES") != "0",
        Scripts = Variable("FAMILIES") is null,
        Families = Variable("FAMILIES")?.Split(',').Select(Enum.Parse<CommandFamily>).ToHashSet(),
    };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"REDISPATTERNS_DIFFERENTIAL_{name}") is { Length: > 0 } text ? text : null;

    private static long? Number(string name) => Variable(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
