using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about strings.</summary>
public sealed class StringConformance : ConformanceSuite
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_string_is_read_as_it_was_set),
        new(An_absent_string_reads_as_no_value),
        new(The_empty_string_is_a_value),
        new(Numbers_are_stored_as_their_text),
        new(Set_replaces_any_type_and_takes_the_time_to_live_away),
        new(Set_if_absent_and_if_exists),
        new(Set_with_a_time_to_live_expires),
        new(Set_with_a_moment_that_has_passed_leaves_nothing),
        new(Set_may_keep_the_time_to_live),
        new(Get_and_set_answers_the_string_before),
        new(Get_and_set_of_another_type_changes_nothing),
        new(Get_and_set_if_absent),
        new(Get_many_keeps_the_order_and_skips_other_types),
        new(Set_many_sets_all_and_the_last_of_a_key_wins),
        new(Set_many_if_absent_sets_all_or_none),
        new(Get_and_delete),
        new(Get_and_expire_sets_and_takes_away_the_time_to_live),
        new(Get_and_expire_at_a_moment_that_has_passed_deletes),
        new(Increment_adds_and_counts_absent_as_zero),
        new(Increment_is_exact_in_the_whole_range),
        new(Increment_refuses_what_is_no_integer),
        new(Increment_refuses_an_overflow),
        new(Increment_keeps_the_time_to_live),
        new(Increment_float_adds),
        new(Increment_float_refuses_what_is_no_number),
        new(Append_adds_bytes),
        new(Ranges_are_cut_to_the_string),
        new(Set_range_fills_up_with_zero_bytes),
        new(Set_range_with_nothing_creates_nothing),
        new(Length_counts_bytes),
        new(Another_type_is_refused),
    ];

    private static async Task A_string_is_read_as_it_was_set(ConformanceContext c)
    {
        await c.Expect(Strings.Set(c.Key("k"), "v")).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
        await c.Expect(Strings.Set(c.Key("k"), "w")).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("w");
    }

    private static async Task An_absent_string_reads_as_no_value(ConformanceContext c)
    {
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(StoreValue.Null);
        await c.Expect(Strings.GetAndDelete(c.Key("k"))).AnswersAsync(StoreValue.Null);
        await c.Expect(Strings.GetAndExpire(c.Key("k"), Hour)).AnswersAsync(StoreValue.Null);
        await c.Expect(Strings.GetRange(c.Key("k"), 0, -1)).AnswersAsync("");
        await c.Expect(Strings.Length(c.Key("k"))).AnswersAsync(0);
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
    }

    private static async Task The_empty_string_is_a_value(ConformanceContext c)
    {
        await c.Expect(Strings.Set(c.Key("k"), "")).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("");
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(true);
        await c.Expect(Strings.GetMany(c.Key("k"), c.Key("absent"))).AnswersAsync(["", StoreValue.Null]);
    }

    private static async Task Numbers_are_stored_as_their_text(ConformanceContext c)
    {
        (StoreValue Number, string Text)[] numbers =
        [
            (0, "0"), (-1, "-1"), (long.MinValue, "-9223372036854775808"), (long.MaxValue, "9223372036854775807"),
            (1.5, "1.5"), (double.PositiveInfinity, "inf"), (double.NegativeInfinity, "-inf"),
        ];
        foreach (var (number, text) in numbers)
        {
            await c.Expect(Strings.Set(c.Key("k"), number)).AnswersAsync(true);
            await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(text);
            await c.Expect(Strings.Length(c.Key("k"))).AnswersAsync(text.Length);
        }
    }

    private static async Task Set_replaces_any_type_and_takes_the_time_to_live_away(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("k"), "a"), Keys.Expire(c.Key("k"), Hour));
        await c.Expect(Strings.Set(c.Key("k"), "v")).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(new TimeToLive(true, null));
    }

    private static async Task Set_if_absent_and_if_exists(ConformanceContext c)
    {
        await c.Expect(Strings.Set(c.Key("k"), "a", Expiry.None, SetWhen.KeyExists)).AnswersAsync(false);
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
        await c.Expect(Strings.Set(c.Key("k"), "b", Expiry.None, SetWhen.KeyAbsent)).AnswersAsync(true);
        await c.Expect(Strings.Set(c.Key("k"), "c", Expiry.None, SetWhen.KeyAbsent)).AnswersAsync(false);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("b");
        await c.Expect(Strings.Set(c.Key("k"), "d", Hour, SetWhen.KeyExists)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("d");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(ttl => ttl.Expires, "an end");
    }

    private static async Task Set_with_a_time_to_live_expires(ConformanceContext c)
    {
        await c.Expect(Strings.Set(c.Key("k"), "v", TimeSpan.FromMilliseconds(30))).AnswersAsync(true);
        await c.Expect(Strings.Set(c.Key("later"), "v", Hour)).AnswersAsync(true);
        await c.UntilAsync(async () => (await c.SendAsync(Strings.Get(c.Key("k")))).IsNull, "the key to expire");
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
        await c.Expect(Keys.Type(c.Key("k"))).AnswersAsync(DataType.None);
        await c.Expect(Strings.Set(c.Key("k"), "w", Expiry.None, SetWhen.KeyAbsent)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("later"))).AnswersAsync("v");
    }

    private static async Task Set_with_a_moment_that_has_passed_leaves_nothing(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "before"));
        await c.Expect(Strings.Set(c.Key("k"), "v", Expiry.At(c.Now - Hour))).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(StoreValue.Null);
    }

    private static async Task Set_may_keep_the_time_to_live(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v", Hour));
        await c.Expect(Strings.Set(c.Key("k"), "w", Expiry.Keep)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("w");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(ttl => ttl.Remaining > TimeSpan.Zero && ttl.Remaining <= Hour, "within the hour");
        await c.Expect(Strings.Set(c.Key("other"), "w", Expiry.Keep)).AnswersAsync(true);
        await c.Expect(Keys.TimeToLive(c.Key("other"))).AnswersAsync(new TimeToLive(true, null));
    }

    private static async Task Get_and_set_answers_the_string_before(ConformanceContext c)
    {
        await c.Expect(Strings.GetAndSet(c.Key("k"), "a")).AnswersAsync(StoreValue.Null);
        await c.Expect(Strings.GetAndSet(c.Key("k"), "b", Hour)).AnswersAsync("a");
        await c.Expect(Strings.GetAndSet(c.Key("k"), "c", Expiry.Keep)).AnswersAsync("b");
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("c");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(ttl => ttl.Expires, "an end");
    }

    private static async Task Get_and_set_of_another_type_changes_nothing(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("k"), "m"));
        await c.Expect(Strings.GetAndSet(c.Key("k"), "a")).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Members(c.Key("k"))).AnswersAsync(["m"]);
    }

    private static async Task Get_and_set_if_absent(ConformanceContext c)
    {
        await c.Expect(Strings.GetAndSet(c.Key("k"), "a", when: SetWhen.KeyAbsent)).AnswersAsync(StoreValue.Null);
        await c.Expect(Strings.GetAndSet(c.Key("k"), "b", when: SetWhen.KeyAbsent)).AnswersAsync("a");
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("a");
        await c.Expect(Strings.GetAndSet(c.Key("other"), "b", when: SetWhen.KeyExists)).AnswersAsync(StoreValue.Null);
        await c.Expect(Keys.Exists(c.Key("other"))).AnswersAsync(false);
    }

    private static async Task Get_many_keeps_the_order_and_skips_other_types(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "1"), Strings.Set(c.Key("b"), "2"), Sets.Add(c.Key("set"), "m"));
        await c.Expect(Strings.GetMany(c.Key("b"), c.Key("none"), c.Key("a"), c.Key("set"), c.Key("b")))
            .AnswersAsync(["2", StoreValue.Null, "1", StoreValue.Null, "2"]);
        await c.Expect(Strings.GetMany(c.Key("none"))).AnswersAsync([StoreValue.Null]);
    }

    private static async Task Set_many_sets_all_and_the_last_of_a_key_wins(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("b"), "m"));
        await c.Expect(Strings.SetMany(new(c.Key("a"), "1"), new(c.Key("b"), "2"), new(c.Key("a"), "3"))).AnswersAsync(true);
        await c.Expect(Strings.GetMany(c.Key("a"), c.Key("b"))).AnswersAsync(["3", "2"]);
    }

    private static async Task Set_many_if_absent_sets_all_or_none(ConformanceContext c)
    {
        await c.Expect(Strings.SetManyIfAbsent(new(c.Key("a"), "1"), new(c.Key("b"), "2"))).AnswersAsync(true);
        await c.Expect(Strings.SetManyIfAbsent(new(c.Key("c"), "3"), new(c.Key("b"), "4"))).AnswersAsync(false);
        await c.Expect(Strings.GetMany(c.Key("a"), c.Key("b"), c.Key("c"))).AnswersAsync(["1", "2", StoreValue.Null]);
    }

    private static async Task Get_and_delete(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await c.Expect(Strings.GetAndDelete(c.Key("k"))).AnswersAsync("v");
        await c.Expect(Strings.GetAndDelete(c.Key("k"))).AnswersAsync(StoreValue.Null);
    }

    private static async Task Get_and_expire_sets_and_takes_away_the_time_to_live(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await c.Expect(Strings.GetAndExpire(c.Key("k"), Hour)).AnswersAsync("v");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(ttl => ttl.Expires, "an end");
        await c.Expect(Strings.GetAndExpire(c.Key("k"), Expiry.None)).AnswersAsync("v");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(ttl => ttl.Expires, "an end");
        await c.Expect(Strings.GetAndExpire(c.Key("k"), Expiry.Persist)).AnswersAsync("v");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(new TimeToLive(true, null));
    }

    private static async Task Get_and_expire_at_a_moment_that_has_passed_deletes(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await c.Expect(Strings.GetAndExpire(c.Key("k"), Expiry.At(c.Now - Hour))).AnswersAsync("v");
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
    }

    private static async Task Increment_adds_and_counts_absent_as_zero(ConformanceContext c)
    {
        await c.Expect(Strings.Increment(c.Key("k"))).AnswersAsync(1);
        await c.Expect(Strings.Increment(c.Key("k"), 41)).AnswersAsync(42);
        await c.Expect(Strings.Increment(c.Key("k"), -50)).AnswersAsync(-8);
        await c.Expect(Strings.Increment(c.Key("k"), 0)).AnswersAsync(-8);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("-8");
    }

    private static async Task Increment_is_exact_in_the_whole_range(ConformanceContext c)
    {
        await c.Expect(Strings.Increment(c.Key("k"), 9007199254740993)).AnswersAsync(9007199254740993);
        await c.Expect(Strings.Increment(c.Key("max"), long.MaxValue)).AnswersAsync(long.MaxValue);
        await c.Expect(Strings.Increment(c.Key("min"), long.MinValue)).AnswersAsync(long.MinValue);
        await c.Expect(Strings.Increment(c.Key("min"), long.MaxValue)).AnswersAsync(-1);
    }

    private static async Task Increment_refuses_what_is_no_integer(ConformanceContext c)
    {
        foreach (var text in (string[])["abc", "", " 1", "1 ", "1.5", "+1", "01", "9223372036854775808", "1e3"])
        {
            await c.GivenAsync(Strings.Set(c.Key("k"), text));
            await c.Expect(Strings.Increment(c.Key("k"))).FailsAsync<InvalidNumberException>();
            await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(text);
        }
    }

    private static async Task Increment_refuses_an_overflow(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("max"), long.MaxValue), Strings.Set(c.Key("min"), long.MinValue));
        await c.Expect(Strings.Increment(c.Key("max"))).FailsAsync<NumberOverflowException>();
        await c.Expect(Strings.Increment(c.Key("min"), -1)).FailsAsync<NumberOverflowException>();
        await c.Expect(Strings.GetMany(c.Key("max"), c.Key("min"))).AnswersAsync([long.MaxValue, long.MinValue]);
    }

    private static async Task Increment_keeps_the_time_to_live(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), 1, Hour));
        await c.Expect(Strings.Increment(c.Key("k"))).AnswersAsync(2);
        await c.Expect(Strings.Append(c.Key("k"), "0")).AnswersAsync(2);
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(ttl => ttl.Expires, "an end");
    }

    private static async Task Increment_float_adds(ConformanceContext c)
    {
        await c.Expect(Strings.IncrementFloat(c.Key("k"), 10.5)).AnswersAsync(10.5);
        await c.Expect(Strings.IncrementFloat(c.Key("k"), 0.1)).AnswersAsync(10.6);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("10.6");
        await c.Expect(Strings.IncrementFloat(c.Key("k"), -5.6)).AnswersAsync(5);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("5");
        await c.GivenAsync(Strings.Set(c.Key("e"), "5.0e3"));
        await c.Expect(Strings.IncrementFloat(c.Key("e"), 200)).AnswersAsync(5200);
    }

    private static async Task Increment_float_refuses_what_is_no_number(ConformanceContext c)
    {
        foreach (var text in (string[])["abc", "", "1 ", "nan"])
        {
            await c.GivenAsync(Strings.Set(c.Key("k"), text));
            await c.Expect(Strings.IncrementFloat(c.Key("k"), 1)).FailsAsync<InvalidNumberException>();
            await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(text);
        }
    }

    private static async Task Append_adds_bytes(ConformanceContext c)
    {
        await c.Expect(Strings.Append(c.Key("k"), "héllo")).AnswersAsync(6);
        await c.Expect(Strings.Append(c.Key("k"), new byte[] { 0, 0xFF })).AnswersAsync(8);
        await c.Expect(Strings.Append(c.Key("k"), "")).AnswersAsync(8);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync((byte[])[.. "héllo"u8, 0, 0xFF]);
        await c.Expect(Strings.Append(c.Key("empty"), "")).AnswersAsync(0);
    }

    private static async Task Ranges_are_cut_to_the_string(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "abcdef"));
        (long Start, long End, string Part)[] ranges =
        [
            (0, -1, "abcdef"), (0, 0, "a"), (1, 2, "bc"), (-3, -2, "de"), (4, 100, "ef"), (-100, 1, "ab"), (3, 2, ""),
            (6, 7, ""), (-1, 0, ""), (100, 200, ""),
        ];
        foreach (var (start, end, part) in ranges)
        {
            await c.Expect(Strings.GetRange(c.Key("k"), start, end)).AnswersAsync(part);
        }
    }

    private static async Task Set_range_fills_up_with_zero_bytes(ConformanceContext c)
    {
        await c.Expect(Strings.SetRange(c.Key("k"), 3, "ab")).AnswersAsync(5);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("\0\0\0ab");
        await c.Expect(Strings.SetRange(c.Key("k"), 1, "xy")).AnswersAsync(5);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("\0xyab");
        await c.Expect(Strings.SetRange(c.Key("k"), 4, "123")).AnswersAsync(7);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("\0xya123");
    }

    private static async Task Set_range_with_nothing_creates_nothing(ConformanceContext c)
    {
        await c.Expect(Strings.SetRange(c.Key("k"), 10, "")).AnswersAsync(0);
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
        await c.GivenAsync(Strings.Set(c.Key("k"), "ab"));
        await c.Expect(Strings.SetRange(c.Key("k"), 10, "")).AnswersAsync(2);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("ab");
    }

    private static async Task Length_counts_bytes(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "héllo"));
        await c.Expect(Strings.Length(c.Key("k"))).AnswersAsync(6);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Sets.Add(k, "m"));
        await c.Expect(Strings.Get(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.GetAndDelete(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.GetAndExpire(k, Hour)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Increment(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.IncrementFloat(k, 1)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Append(k, "v")).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.GetRange(k, 0, -1)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.SetRange(k, 0, "v")).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Length(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Members(k)).AnswersAsync(["m"]);
        await c.Expect(Keys.TimeToLive(k)).AnswersAsync(new TimeToLive(true, null));
    }
}
