using System.Text.Json.Serialization;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Indexes;

/// <summary>docs/key-layout.md, "Values in indexes": each row, as it is written.</summary>
public sealed class IndexValueTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 30, 15, 678, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_tokens_as_documented()
    {
        await TokenAsync("a:b", "a%3Ab");
        await TokenAsync("", "%");
        await TokenAsync('x', "x");
        await TokenAsync('\uD800', "%uD800");
        await TokenAsync((byte)7, "7");
        await TokenAsync(-5, "-5");
        await TokenAsync(long.MinValue, "-9223372036854775808");
        await TokenAsync(ulong.MaxValue, "18446744073709551615");
        await TokenAsync(1.50m, "1.5");
        await TokenAsync(100m, "100");
        await TokenAsync(decimal.MaxValue, "79228162514264337593543950335");
        await TokenAsync(0.0000000000000000000000000001m, "0.0000000000000000000000000001");
        await TokenAsync(0.1, "0.1");
        await TokenAsync(1e300, "1E+300");
        await TokenAsync(double.NegativeInfinity, "-inf");
        await TokenAsync(double.NaN, "nan");
        await TokenAsync(0.1f, "0.1");
        await TokenAsync(float.PositiveInfinity, "inf");
        await TokenAsync(true, "true");
        await TokenAsync(false, "false");
        await TokenAsync(DayOfWeek.Friday, "Friday");
        await TokenAsync((DayOfWeek)9, "9");
        await TokenAsync(AttributeTargets.Class | AttributeTargets.Enum, "Class%2C Enum");
        await TokenAsync(Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E"), "0f8fad5b-d9cb-469f-a165-70867728950e");
        await TokenAsync(new DateTimeOffset(Noon).ToOffset(TimeSpan.FromHours(5)), "2024-02-29T12%3A30%3A15.6780000Z");
        await TokenAsync(Noon, "2024-02-29T12%3A30%3A15.6780000Z");
        await TokenAsync(DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified), "2024-02-29T12%3A30%3A15.6780000Z");
        await TokenAsync(Noon.ToLocalTime(), "2024-02-29T12%3A30%3A15.6780000Z");
        await TokenAsync(DateOnly.FromDateTime(Noon), "2024-02-29");
        await TokenAsync(new TimeOnly(13, 5, 9, 30), "13%3A05%3A09.0300000");
        await TokenAsync(new TimeSpan(1, 2, 3, 4, 5), "1.02%3A03%3A04.0050000");
        await TokenAsync(new Version(1, 2, 3), "1.2.3");
        await TokenAsync<string?>(null, null);
        await TokenAsync<int?>(null, null);
        await TokenAsync<int?>(4, "4");
        await TokenAsync<DayOfWeek?>(DayOfWeek.Monday, "Monday");
    }

    [Fact]
    public async Task Equal_numbers_have_one_token()
    {
        await TokenAsync(-0.0, "0");
        await TokenAsync(-0.0f, "0");
        await TokenAsync(-0.0m, "0");
        await TokenAsync(1.000m, "1");
    }

    [Fact]
    public async Task Values_are_scores_as_documented()
    {
        await ScoreAsync((sbyte)-7, -7);
        await ScoreAsync((ushort)7, 7);
        await ScoreAsync(uint.MaxValue, 4294967295);
        await ScoreAsync(9007199254740992, 9007199254740992);
        await ScoreAsync(-9007199254740992, -9007199254740992);
        await ScoreAsync(9007199254740992UL, 9007199254740992);
        await ScoreAsync(0.1m, 0.1);
        await ScoreAsync(123456789012.345m, 123456789012.345);
        await ScoreAsync(1.0000000000000000000m, 1);
        await ScoreAsync(0.1f, 0.1f);
        await ScoreAsync(double.PositiveInfinity, double.PositiveInfinity);
        await ScoreAsync(double.Epsilon, double.Epsilon);
        await ScoreAsync(new DateTimeOffset(1970, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)), 0);
        await ScoreAsync(DateTimeOffset.UnixEpoch.AddTicks(19_999), 1);
        await ScoreAsync(DateTimeOffset.UnixEpoch.AddTicks(-1), -1);
        await ScoreAsync(Noon, new DateTimeOffset(Noon).ToUnixTimeMilliseconds());
        await ScoreAsync(Noon.ToLocalTime(), new DateTimeOffset(Noon).ToUnixTimeMilliseconds());
        await ScoreAsync(DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified), new DateTimeOffset(Noon).ToUnixTimeMilliseconds());
        await ScoreAsync(new DateOnly(1, 1, 2), 1);
        await ScoreAsync(new TimeOnly(1), 1);
        await ScoreAsync(DayOfWeek.Friday, 5);
        await ScoreAsync(TimeSpan.FromTicks(19_999), 1);
        await ScoreAsync(TimeSpan.FromTicks(-1), -1);
        await ScoreAsync(TimeSpan.FromTicks((1L << 59) / 10_000 * 10_000 - 1), (1L << 59) / 10_000 - 1);
        await ScoreAsync<int?>(null, null);
    }

    [Fact]
    public async Task What_can_not_be_kept_is_refused_before_anything_is_written()
    {
        await RefusedAsync(9007199254740993);
        await RefusedAsync(-9007199254740993);
        await RefusedAsync(ulong.MaxValue);
        await RefusedAsync(0.1234567890123456m);
        await RefusedAsync(decimal.MaxValue);
        await RefusedAsync(double.NaN);
        await RefusedAsync(float.NaN);
        await RefusedAsync(true);
        await RefusedAsync("text");
        await RefusedAsync(Guid.Empty);
    }

    private static async Task TokenAsync<TValue>(TValue value, string? token)
    {
        await using var store = new InMemoryKeyValueStore();
        await store.Keyspace("t").Repository<Item, TokenModel<TValue>>(new TokenModel<TValue>(value)).InsertAsync(new Item("i"), Cancellation);
        var claims = await store.SendAsync(Hashes.Fields("{t}:idx:item:unique"), Cancellation);
        Assert.Equal(token is null ? [] : [token], claims.Select(claim => claim.AsText()!));
        Assert.Equal(token is not null, await store.SendAsync(Keys.Exists($"{{t}}:idx:item:tag:{token}"), Cancellation));
    }

    private static async Task ScoreAsync<TValue>(TValue value, double? score)
    {
        await using var store = new InMemoryKeyValueStore();
        await store.Keyspace("t").Repository<Item, ScoreModel<TValue>>(new ScoreModel<TValue>(value)).InsertAsync(new Item("i"), Cancellation);
        Assert.Equal(score, await store.SendAsync(SortedSets.Score("{t}:idx:item:range", "i"), Cancellation));
    }

    private static async Task RefusedAsync<TValue>(TValue value)
    {
        await using var store = new InMemoryKeyValueStore();
        var items = store.Keyspace("t").Repository<Item, ScoreModel<TValue>>(new ScoreModel<TValue>(value));
        await Assert.ThrowsAsync<IndexValueException>(async () => await items.InsertAsync(new Item("i"), Cancellation));
        Assert.Equal(0, await store.SendAsync(Keys.Count(), Cancellation));
    }
}

public sealed record Item(string Id);

[JsonSerializable(typeof(Item))]
public sealed partial class ItemJson : JsonSerializerContext;

internal sealed class TokenModel<TValue> : EntityModel<Item>
{
    public TokenModel(TValue value)
        : base("item", item => item.Id, ItemJson.Default.Item)
    {
        Unique("unique", _ => value);
        Tag("tag", _ => value);
    }
}

internal sealed class ScoreModel<TValue> : EntityModel<Item>
{
    public ScoreModel(TValue value)
        : base("item", item => item.Id, ItemJson.Default.Item) => Range("range", _ => value, exact: false);
}
