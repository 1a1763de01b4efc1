using System.Globalization;
using System.Text.Json.Serialization;
using RedisPatterns.Testing;

namespace RedisPatterns.InMemory.Tests;

/// <summary>A great many entities expire at one moment, and nothing is left of them.</summary>
public sealed class MassExpiryTests
{
    private const int EntitiesPerCall = 10_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // REDISPATTERNS_EXPIRED_ENTITIES: another number, such as 1000000.
    private static int Entities =>
        int.TryParse(Environment.GetEnvironmentVariable("REDISPATTERNS_EXPIRED_ENTITIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 200_000;

    [Fact]
    public async Task Many_entities_expire_and_nothing_is_left()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var visits = store.Keyspace("k").Repository<Visit, VisitModel>(new VisitModel());
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Entities; i += EntitiesPerCall)
        {
            var report = await visits.InsertManyAsync([.. Enumerable.Range(i, Math.Min(EntitiesPerCall, Entities - i)).Select(Visit.Number)], cancellationToken: Cancellation);
            Assert.Equal(0, report.Failed);
        }

        var loaded = TimeProvider.System.GetTimestamp();
        clock.Advance(VisitModel.Lifetime);
        Assert.False(await visits.ExistsAsync("v0", Cancellation));
        Assert.Equal(1_000, await visits.SweepAsync(1_000, Cancellation));
        Assert.Equal(Entities - 1_000, await visits.SweepAsync(cancellationToken: Cancellation));
        Assert.Equal(0, await visits.SweepAsync(cancellationToken: Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Entities} inserted in {TimeProvider.System.GetElapsedTime(start, loaded)}, swept in {TimeProvider.System.GetElapsedTime(loaded)}, {GC.GetTotalMemory(false) >> 20} MiB of managed memory");
        var left = await StoreContents.ReadAsync(store, "{k}", Cancellation);
        Assert.StartsWith("{k}:idx:visit Hash ", Assert.Single(left), StringComparison.Ordinal);
    }

    internal sealed record Visit(string Id, string Token, string Page, int Seconds)
    {
        public static Visit Number(int number) => new($"v{number}", $"t{number}", $"p{number % 1_000}", number % 600);
    }

    private sealed class VisitModel : EntityModel<Visit>
    {
        public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);

        public VisitModel()
            : base("visit", visit => visit.Id, VisitJson.Default.Visit)
        {
            ExpireAfter(Lifetime);
            Unique("token", visit => visit.Token);
            Tag("page", visit => visit.Page);
            Range("seconds", visit => visit.Seconds);
        }
    }
}

[JsonSerializable(typeof(MassExpiryTests.Visit))]
internal sealed partial class VisitJson : JsonSerializerContext;
