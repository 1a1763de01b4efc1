using System.Globalization;
using RedisPatterns.Commands;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>
/// Processes that hold a lock die, or stand still longer than their lease: the next one gets the lock, and what is written
/// under it is never written by two. <c>REDISPATTERNS_LOCK_KILLS</c> sets how often.
/// </summary>
public sealed class KilledHolderTests(ITestOutputHelper output)
{
    private const int Kills = 100;
    private const int KillsBetweenHalts = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_killed_holders_are_followed_and_no_two_write()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to halt a process by.");
        var kills = Environment.GetEnvironmentVariable("REDISPATTERNS_LOCK_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Kills;
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var (tokens, halted) = (new List<long>(), 0);
        var holder = LockHolder.Start(server.ConnectionString);
        try
        {
            tokens.Add(await holder.TokenAsync(Cancellation));
            for (var kill = 1; kill <= kills; kill++)
            {
                // The next one waits already when the holder dies.
                var next = LockHolder.Start(server.ConnectionString);
                var told = next.TokenAsync(Cancellation);
                await Poll.UntilAsync(() => HasWrittenAsync(store, tokens[^1]), Patience, "the holder to write", Cancellation);
                if (kill % KillsBetweenHalts == 0)
                {
                    await holder.SignalAsync("STOP", Cancellation);
                    tokens.Add(await told);
                    await holder.SignalAsync("CONT", Cancellation);
                    Assert.True(await holder.IsToldThatItIsLostAsync(Cancellation), "a holder that stood still was admitted");
                    halted++;
                }
                else
                {
                    await holder.KillAsync(Cancellation);
                    tokens.Add(await told);
                }

                holder.Dispose();
                holder = next;
            }
        }
        finally
        {
            holder.Dispose();
        }

        Assert.Equal(tokens.Order(), tokens);
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        var log = (await store.SendAsync(Lists.Range(LockHolder.Log, 0, -1), Cancellation)).Select(token => token.AsInt64()).ToList();
        Assert.Equal(log.Order(), log);
        Assert.Equal(tokens[..^1], log.Distinct().Take(kills));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} holders ended, {halted} of them by standing still; {log.Count} writes by {log.Distinct().Count()} holders"));
    }

    private static async Task<bool> HasWrittenAsync(RedisKeyValueStore store, long token) =>
        await store.SendAsync(Lists.Get(LockHolder.Log, -1), Cancellation) is { IsNull: false } last && last.AsInt64() == token;
}
