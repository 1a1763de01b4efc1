using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What a store promises about the time to live of single hash fields, if it has it.</summary>
public sealed class HashFieldExpiryConformance : ConformanceSuite
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_field_ends_and_the_others_stay, StoreFeatures.HashFieldExpiry),
        new(The_hash_ends_with_its_last_field, StoreFeatures.HashFieldExpiry),
        new(What_is_absent_is_told, StoreFeatures.HashFieldExpiry),
        new(A_moment_that_has_passed_deletes_the_field, StoreFeatures.HashFieldExpiry),
        new(The_moment_of_the_end_is_kept_to_the_millisecond, StoreFeatures.HashFieldExpiry),
        new(Conditions_on_a_fields_time_to_live, StoreFeatures.HashFieldExpiry),
        new(Persist_takes_the_end_of_a_field_away, StoreFeatures.HashFieldExpiry),
        new(Setting_a_field_takes_its_end_away, StoreFeatures.HashFieldExpiry),
        new(Another_type_is_refused, StoreFeatures.HashFieldExpiry),
    ];

    private static async Task A_field_ends_and_the_others_stay(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.GivenAsync(Hashes.Set(h, new HashEntry("a", 1), new HashEntry("b", 2)));
        await c.Expect(Hashes.Expire(h, TimeSpan.FromMilliseconds(20), ["a"])).AnswersAsync([FieldExpireResult.Set]);
        await c.UntilAsync(async () => !await c.SendAsync(Hashes.Exists(h, "a")), "the field to expire");
        await c.Expect(Hashes.GetAll(h)).AnswersAsync([new HashEntry("b", 2)]);
        await c.Expect(Hashes.GetMany(h, "a", "b")).AnswersAsync([StoreValue.Null, 2]);
        await c.Expect(Hashes.Set(h, "a", 3)).AnswersAsync(true);
    }

    private static async Task The_hash_ends_with_its_last_field(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.GivenAsync(Hashes.Set(h, "a", 1));
        await c.Expect(Hashes.Expire(h, TimeSpan.FromMilliseconds(20), ["a"])).AnswersAsync([FieldExpireResult.Set]);
        await c.UntilAsync(async () => !await c.SendAsync(Keys.Exists(h)), "the hash to end with its last field");
    }

    private static async Task What_is_absent_is_told(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.Expect(Hashes.Expire(h, Hour, ["a"])).AnswersAsync([FieldExpireResult.NoSuchField]);
        await c.Expect(Hashes.TimeToLive(h, "a")).AnswersAsync([default]);
        await c.Expect(Hashes.Persist(h, "a")).AnswersAsync([FieldPersistResult.NoSuchField]);
        await c.GivenAsync(Hashes.Set(h, "a", 1));
        await c.Expect(Hashes.Expire(h, Hour, ["a", "b"])).AnswersAsync([FieldExpireResult.Set, FieldExpireResult.NoSuchField]);
        await c.Expect(Hashes.TimeToLive(h, "b", "a")).AnswersAsync(
            ttl => !ttl[0].Exists && ttl[1].Remaining > TimeSpan.Zero && ttl[1].Remaining <= Hour, "nothing, and within the hour");
    }

    private static async Task A_moment_that_has_passed_deletes_the_field(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.GivenAsync(Hashes.Set(h, new HashEntry("a", 1), new HashEntry("b", 2)));
        await c.Expect(Hashes.ExpireAt(h, c.Now - Hour, ["a"])).AnswersAsync([FieldExpireResult.Deleted]);
        await c.Expect(Hashes.Fields(h)).AnswersAsync(["b"]);
    }

    private static async Task The_moment_of_the_end_is_kept_to_the_millisecond(ConformanceContext c)
    {
        var h = c.Key("h");
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_800_123);
        await c.GivenAsync(Hashes.Set(h, new HashEntry("a", 1), new HashEntry("b", 2)));
        await c.Expect(Hashes.ExpireAt(h, moment, ["a"])).AnswersAsync([FieldExpireResult.Set]);
        await c.Expect(Hashes.ExpireTime(h, "a", "b", "c")).AnswersAsync([new ExpireTime(true, moment), new ExpireTime(true, null), default]);
    }

    private static async Task Conditions_on_a_fields_time_to_live(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.GivenAsync(Hashes.Set(h, "a", 1));
        await c.Expect(Hashes.Expire(h, Hour, ["a"], ExpireWhen.HasExpiry)).AnswersAsync([FieldExpireResult.ConditionNotMet]);
        await c.Expect(Hashes.Expire(h, Hour, ["a"], ExpireWhen.NoExpiry)).AnswersAsync([FieldExpireResult.Set]);
        await c.Expect(Hashes.Expire(h, Hour / 2, ["a"], ExpireWhen.Later)).AnswersAsync([FieldExpireResult.ConditionNotMet]);
        await c.Expect(Hashes.Expire(h, 2 * Hour, ["a"], ExpireWhen.Later)).AnswersAsync([FieldExpireResult.Set]);
        await c.Expect(Hashes.Expire(h, Hour, ["a"], ExpireWhen.Sooner)).AnswersAsync([FieldExpireResult.Set]);
    }

    private static async Task Persist_takes_the_end_of_a_field_away(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.GivenAsync(Hashes.Set(h, "a", 1), Hashes.Expire(h, Hour, ["a"]));
        await c.Expect(Hashes.Persist(h, "a", "b")).AnswersAsync([FieldPersistResult.Persisted, FieldPersistResult.NoSuchField]);
        await c.Expect(Hashes.Persist(h, "a")).AnswersAsync([FieldPersistResult.NoExpiry]);
        await c.Expect(Hashes.TimeToLive(h, "a")).AnswersAsync([new TimeToLive(true, null)]);
    }

    private static async Task Setting_a_field_takes_its_end_away(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.GivenAsync(Hashes.Set(h, "a", 1), Hashes.Expire(h, Hour, ["a"]), Hashes.Set(h, "a", 2));
        await c.Expect(Hashes.TimeToLive(h, "a")).AnswersAsync([new TimeToLive(true, null)]);
        await c.GivenAsync(Hashes.Expire(h, Hour, ["a"]), Hashes.Increment(h, "a"));
        await c.Expect(Hashes.TimeToLive(h, "a")).AnswersAsync(ttl => ttl[0].Expires, "an end that adding keeps");
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Hashes.Expire(k, Hour, ["f"])).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.TimeToLive(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Persist(k, "f")).FailsAsync<WrongTypeException>();
    }
}
