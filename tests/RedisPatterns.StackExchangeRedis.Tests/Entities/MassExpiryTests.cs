using System.Globalization;
using System.Text.Json.Serialization;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A great many entities expire at one moment, and nothing is left of them.</summary>
public sealed class MassExpiryTests
{
    private const int EntitiesPerCall = 10_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // REDISPATTERNS_EXPIRED_ENTITIES: another number, such as 1000000.
    private static int Entities =>
        int.TryParse(Environment.GetEnvironmentVariable("REDISPATTERNS_EXPIRED_ENTITIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 100_000;

    [Fact]
    public async Task Many_entities_expire_and_nothing_is_left()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();

        // Late enough that they are all there; those that come later are gone at once, which is as good.
        var end = clock.GetUtcNow() + TimeSpan.FromSeconds(4) + (TimeSpan.FromMicroseconds(90) * Entities);
        var visits = store.Keyspace("k").Repository<Visit, VisitModel>(new VisitModel());
        for (var i = 0; i < Entities; i += EntitiesPerCall)
        {
            var report = await visits.InsertManyAsync(
                [.. Enumerable.Range(i, Math.Min(EntitiesPerCall, Entities - i)).Select(number => Visit.Number(number, end))], cancellationToken: Cancellation);
            Assert.Equal(0, report.Failed);
        }

        var loaded = clock.GetElapsedTime(start);
        var memory = await MemoryAsync(truth);
        var last = $"v{Entities - 1}";
        await Poll.UntilAsync(async () => !await visits.ExistsAsync(last, Cancellation), TimeSpan.FromMinutes(5), "the end of the entities", Cancellation);
        var expired = clock.GetTimestamp();
        var swept = await visits.SweepAsync(cancellationToken: Cancellation);
        Assert.Equal(0, await visits.SweepAsync(cancellationToken: Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Entities} inserted in {loaded}, {memory >> 20} MiB; {swept} swept in {clock.GetElapsedTime(expired)}, {await MemoryAsync(truth) >> 20} MiB");
        Assert.Equal("{k}:idx:visit", Assert.Single(await truth.ListAsync("KEYS", "*")));
        Assert.Equal(1, await truth.IntegerAsync("DBSIZE"));
    }

    private static async Task<long> MemoryAsync(RespClient truth) => long.Parse(
        (await truth.SendAsync("INFO", "memory")).ToString().Split("used_memory:", 2)[1].Split('\r', '\n')[0], CultureInfo.InvariantCulture);

    internal sealed record Visit(string Id, string Token, string Page, int Seconds, DateTimeOffset EndsAt)
    {
        public static Visit Number(int number, DateTimeOffset endsAt) => new($"v{number}", $"t{number}", $"p{number % 1_000}", number % 600, endsAt);
    }

    private sealed class VisitModel : EntityModel<Visit>
    {
        public VisitModel()
            : base("visit", visit => visit.Id, VisitJson.Default.Visit)
        {
            ExpireAt(visit => visit.EndsAt);
            Unique("token", visit => visit.Token);
            Tag("page", visit => visit.Page);
            Range("seconds", visit => visit.Seconds);
        }
    }
}

[JsonSerializable(typeof(MassExpiryTests.Visit))]
internal sealed partial class VisitJson : JsonSerializerContext;
