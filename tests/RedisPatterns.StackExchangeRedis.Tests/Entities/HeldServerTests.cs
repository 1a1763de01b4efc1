using System.Globalization;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>
/// How long single calls hold a server, by its own clock: measured and told, for the machine decides. What is asserted is the
/// work that a call does: no more than its bound, however much there is to do.
/// </summary>
public sealed class HeldServerTests(ITestOutputHelper output)
{
    private const int Members = 20_000;
    private const int Budget = 4_000;

    // A call ends with the block that brings it to its bound.
    private const int Block = 1_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_call_does_more_than_its_bound()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(cancellationToken: Cancellation);
        var repository = store.Keyspace("held").Repository<Member, MemberModel>(new MemberModel());
        var all = Enumerable.Range(0, Members).Select(i => new Member($"m{i}", $"m{i}@x", i % 10 < 6 ? "active" : "new", $"city{i % 12}", i % 80)).ToList();
        (await repository.InsertManyAsync(all, cancellationToken: Cancellation)).ThrowIfAnyFailed();

        var active = repository.Query(m => m.ByStatus.Is("active") & m.ByAge.AtLeast(0));
        var nobody = repository.Query(m => m.ByStatus.Is("active") & !m.ByAge.AtLeast(0));
        (string Name, Query<Member, MemberModel> Query)[] queries =
        [
            ("walk, all", active.OrderBy(m => m.ByAge)),
            ("walk that finds nothing", nobody.OrderBy(m => m.ByAge).Take(20)),
            ("collect, all", active),
            ("nothing of many", nobody),
            ("all but one tag", repository.Query(m => !m.ByStatus.Is("active"))),
            ("either or", repository.Query(m => m.ByCity.Is("city1") | m.ByAge.Is(3))),
        ];
        foreach (var (name, query) in queries)
        {
            var explanation = await query.ExplainAsync(Cancellation);
            Assert.True(explanation.EntriesTouched <= explanation.Calls * (long)(Budget + Block), $"{name}: {explanation}");
            await TellAsync(name, async () => await query.ToListAsync(Cancellation));
            await TellAsync(name + ", count", async () => await query.CountAsync(Cancellation));
        }

        var report = await TellAsync("verification", () => repository.VerifyAsync(Cancellation).AsTask());
        Assert.True(report.IsClean);
        await TellAsync("repair", () => repository.RepairAsync(cancellationToken: Cancellation).AsTask());
        await repository.DisableIndexAsync(m => m.ByAge, Cancellation);
        var build = await TellAsync("build", () => repository.BuildIndexesAsync(cancellationToken: Cancellation).AsTask());
        Assert.True(build.IsReady);

        async Task<TResult> TellAsync<TResult>(string name, Func<Task<TResult>> operation)
        {
            await client.TextAsync("CONFIG", "SET", "slowlog-max-len", "100000");
            await client.TextAsync("CONFIG", "SET", "slowlog-log-slower-than", "100");
            await client.TextAsync("SLOWLOG", "RESET");
            var result = await operation();
            await client.TextAsync("CONFIG", "SET", "slowlog-log-slower-than", "-1");
            var longest = (await client.SendAsync("SLOWLOG", "GET", "100000")).Items.MaxBy(entry => entry.Items[2].Integer);
            output.WriteLine(longest is null
                ? $"{name}: no call longer than 0.1 ms"
                : string.Create(CultureInfo.InvariantCulture, $"{name}: {longest.Items[2].Integer / 1000.0:F1} ms in {longest.Items[3].Items[0].Text}"));
            return result;
        }
    }
}
