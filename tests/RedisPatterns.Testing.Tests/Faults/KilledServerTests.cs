using System.Globalization;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;
using StackExchange.Redis;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>
/// A server whose append-only file is always written dies again and again under load: nothing that it acknowledged is lost,
/// and nothing has drifted. <c>REDISPATTERNS_KILLS</c> sets how often.
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private const int Kills = 100;
    private const int Writers = 4;
    private const int WaresOfAWriter = 25;
    private const int WritesBetweenKills = 60;
    private const int KillsBetweenVerifications = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_kills_lose_no_acknowledged_write_and_leave_no_drift()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        var kills = Environment.GetEnvironmentVariable("REDISPATTERNS_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Kills;
        await using var server = await TestServer.StartRedisAsync(new TestServerOptions { Arguments = ["--appendonly", "yes", "--appendfsync", "always"] }, Cancellation);
        var configuration = ConfigurationOptions.Parse(server.ConnectionString);
        configuration.HeartbeatInterval = configuration.HeartbeatInterval / 20;
        configuration.ReconnectRetryPolicy = new LinearRetry((int)configuration.HeartbeatInterval.TotalMilliseconds);
        await using var store = await RedisKeyValueStore.ConnectAsync(configuration, cancellationToken: Cancellation);
        var wares = store.Keyspace("killed").Repository<Ware, WareModel>(new WareModel(EntityLayout.Document()));
        var writers = Enumerable.Range(0, Writers).Select(number => new KilledWriter(wares, number, WaresOfAWriter)).ToArray();
        for (var kill = 1; kill <= kills; kill++)
        {
            var target = writers.Sum(writer => writer.Acknowledged) + WritesBetweenKills;
            var running = writers.Select(writer => Task.Run(() => writer.RunAsync(Cancellation), Cancellation)).ToArray();
            await Poll.UntilAsync(() => Task.FromResult(writers.Sum(writer => writer.Acknowledged) >= target), Patience, "some writes", Cancellation);
            await server.KillAsync();
            await Task.WhenAll(running);
            await server.RestartAsync(cancellationToken: Cancellation);
            await RewriteAsync(server);
            await Poll.UntilAsync(() => AnswersAsync(wares), Patience, "the connection to come back", Cancellation);
            foreach (var writer in writers)
            {
                await writer.CompareAsync(Cancellation);
            }

            if (kill % KillsBetweenVerifications == 0 || kill == kills)
            {
                var report = await wares.VerifyAsync(cancellationToken: Cancellation);
                Assert.Empty(report.Differences);
                Assert.Equal(writers.Sum(writer => writer.Stored), report.Entities);
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{kills} kills, {writers.Sum(writer => writer.Acknowledged)} acknowledged writes, {writers.Sum(writer => writer.Unknown)} of unknown outcome"));
    }

    // Redis 7.0 that finds half a transaction at the end of its file cuts the file within it, so that at the next start the half is
    // carried out together with what was appended behind it. A file that is written anew has no half in it.
    private static async Task RewriteAsync(TestServer server)
    {
        await using var client = await server.ConnectAsync(cancellationToken: Cancellation);
        await client.TextAsync("BGREWRITEAOF");
        await Poll.UntilAsync(
            async () => await client.TextAsync("INFO", "persistence") is { } info && info.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal) && info.Contains("aof_rewrite_scheduled:0", StringComparison.Ordinal),
            Patience,
            "the file to be written anew",
            Cancellation);
        Assert.Contains("aof_last_bgrewrite_status:ok", await client.TextAsync("INFO", "persistence"), StringComparison.Ordinal);
    }

    private static async Task<bool> AnswersAsync(Repository<Ware, WareModel> wares)
    {
        try
        {
            return !await wares.ExistsAsync("none", Cancellation);
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
