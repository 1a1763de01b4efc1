using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about keys, whatever they hold: existence, deletion, expiry, type, names.</summary>
public sealed class KeyConformance : ConformanceSuite
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Exists_counts_a_key_as_often_as_it_is_named),
        new(Delete_and_unlink_answer_what_existed),
        new(Touch_counts_what_exists),
        new(Every_type_is_told),
        new(A_key_without_an_end_says_so),
        new(An_end_after_a_while_comes),
        new(Every_type_expires),
        new(An_end_in_the_past_deletes_at_once),
        new(The_moment_of_the_end_is_kept_to_the_millisecond),
        new(Conditions_on_a_time_to_live),
        new(Persist_takes_the_end_away),
        new(Writing_into_a_key_keeps_its_end),
        new(Rename_takes_the_end_along_and_loses_the_other),
        new(Rename_to_itself_changes_nothing),
        new(Rename_of_an_absent_key_fails),
        new(Rename_if_absent_spares_the_other),
        new(Copy_copies_value_and_end),
        new(Copy_spares_the_destination_unless_told),
        new(A_copy_is_a_copy),
    ];

    private static async Task Exists_counts_a_key_as_often_as_it_is_named(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "1"), Sets.Add(c.Key("b"), "m"));
        await c.Expect(Keys.Exists(c.Key("a"), c.Key("b"), c.Key("none"), c.Key("a"))).AnswersAsync(3);
        await c.Expect(Keys.Exists(c.Key("none"))).AnswersAsync(false);
        await c.Expect(Keys.Exists(c.Key("b"))).AnswersAsync(true);
    }

    private static async Task Delete_and_unlink_answer_what_existed(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "1"), Sets.Add(c.Key("b"), "m"), Strings.Set(c.Key("c"), "1"), Strings.Set(c.Key("d"), "1"));
        await c.Expect(Keys.Delete(c.Key("a"))).AnswersAsync(true);
        await c.Expect(Keys.Delete(c.Key("a"))).AnswersAsync(false);
        await c.Expect(Keys.Delete(c.Key("a"), c.Key("b"), c.Key("b"))).AnswersAsync(1);
        await c.Expect(Keys.Unlink(c.Key("c"))).AnswersAsync(true);
        await c.Expect(Keys.Unlink(c.Key("c"), c.Key("d"))).AnswersAsync(1);
        await c.Expect(Keys.Exists(c.Key("a"), c.Key("b"), c.Key("c"), c.Key("d"))).AnswersAsync(0);
    }

    private static async Task Touch_counts_what_exists(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "1"));
        await c.Expect(Keys.Touch(c.Key("a"), c.Key("none"))).AnswersAsync(1);
    }

    private static async Task Every_type_is_told(ConformanceContext c)
    {
        await CreateAllAsync(c);
        await c.Expect(Keys.Type(c.Key("none"))).AnswersAsync(DataType.None);
        await c.Expect(Keys.Type(c.Key("string"))).AnswersAsync(DataType.String);
        await c.Expect(Keys.Type(c.Key("list"))).AnswersAsync(DataType.List);
        await c.Expect(Keys.Type(c.Key("set"))).AnswersAsync(DataType.Set);
        await c.Expect(Keys.Type(c.Key("sorted"))).AnswersAsync(DataType.SortedSet);
        await c.Expect(Keys.Type(c.Key("hash"))).AnswersAsync(DataType.Hash);
    }

    private static async Task A_key_without_an_end_says_so(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(new TimeToLive(true, null));
        await c.Expect(Keys.TimeToLive(c.Key("none"))).AnswersAsync(default(TimeToLive));
        await c.Expect(Keys.ExpireTime(c.Key("k"))).AnswersAsync(new ExpireTime(true, null));
        await c.Expect(Keys.ExpireTime(c.Key("none"))).AnswersAsync(default(ExpireTime));
    }

    private static async Task An_end_after_a_while_comes(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await c.Expect(Keys.Expire(c.Key("none"), Hour)).AnswersAsync(false);
        await c.Expect(Keys.Expire(c.Key("k"), Hour)).AnswersAsync(true);
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(
            ttl => ttl.Remaining > Hour - TimeSpan.FromMinutes(1) && ttl.Remaining <= Hour, "about an hour");
        await c.Expect(Keys.Expire(c.Key("k"), TimeSpan.FromMilliseconds(20))).AnswersAsync(true);
        await c.UntilAsync(async () => !await c.SendAsync(Keys.Exists(c.Key("k"))), "the key to expire");
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(default(TimeToLive));
        await c.Expect(Keys.Delete(c.Key("k"))).AnswersAsync(false);
    }

    private static async Task Every_type_expires(ConformanceContext c)
    {
        var names = await CreateAllAsync(c);
        var soon = TimeSpan.FromMilliseconds(20);
        await c.GivenAsync([.. names.Select(name => Keys.Expire(c.Key(name), soon))]);
        await c.UntilAsync(async () => await c.SendAsync(Keys.Exists([.. names.Select(c.Key)])) == 0, "the keys to expire");
        await c.Expect(Lists.RightPush(c.Key("list"), "fresh")).AnswersAsync(1);
        await c.Expect(Hashes.GetAll(c.Key("hash"))).AnswersAsync([]);
        await c.Expect(Sets.Add(c.Key("set"), "m")).AnswersAsync(true);
        await c.Expect(SortedSets.Length(c.Key("sorted"))).AnswersAsync(0);
        await c.Expect(Keys.TimeToLive(c.Key("list"))).AnswersAsync(new TimeToLive(true, null));
    }

    private static async Task An_end_in_the_past_deletes_at_once(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await c.Expect(Keys.ExpireAt(c.Key("k"), c.Now - Hour)).AnswersAsync(true);
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
        await c.Expect(Keys.ExpireAt(c.Key("k"), c.Now + Hour)).AnswersAsync(false);
    }

    private static async Task The_moment_of_the_end_is_kept_to_the_millisecond(ConformanceContext c)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_800_123);
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"), Strings.Set(c.Key("l"), "v", Expiry.At(moment)));
        await c.Expect(Keys.ExpireAt(c.Key("k"), moment)).AnswersAsync(true);
        await c.Expect(Keys.ExpireTime(c.Key("k"))).AnswersAsync(new ExpireTime(true, moment));
        await c.Expect(Keys.ExpireTime(c.Key("l"))).AnswersAsync(new ExpireTime(true, moment));
    }

    private static async Task Conditions_on_a_time_to_live(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.HasExpiry)).AnswersAsync(false);
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.Later)).AnswersAsync(false);
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.NoExpiry)).AnswersAsync(true);
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.NoExpiry)).AnswersAsync(false);
        await c.Expect(Keys.Expire(k, 2 * Hour, ExpireWhen.Sooner)).AnswersAsync(false);
        await c.Expect(Keys.Expire(k, 2 * Hour, ExpireWhen.Later)).AnswersAsync(true);
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.Later)).AnswersAsync(false);
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.Sooner)).AnswersAsync(true);
        await c.Expect(Keys.ExpireAt(k, c.Now + (3 * Hour), ExpireWhen.HasExpiry)).AnswersAsync(true);
        await c.Expect(Keys.TimeToLive(k)).AnswersAsync(ttl => ttl.Remaining > 2 * Hour, "more than two hours");
        await c.GivenAsync(Keys.Persist(k));
        await c.Expect(Keys.Expire(k, Hour, ExpireWhen.Sooner)).AnswersAsync(true);
    }

    private static async Task Persist_takes_the_end_away(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v", Hour));
        await c.Expect(Keys.Persist(c.Key("k"))).AnswersAsync(true);
        await c.Expect(Keys.Persist(c.Key("k"))).AnswersAsync(false);
        await c.Expect(Keys.Persist(c.Key("none"))).AnswersAsync(false);
        await c.Expect(Keys.TimeToLive(c.Key("k"))).AnswersAsync(new TimeToLive(true, null));
    }

    private static async Task Writing_into_a_key_keeps_its_end(ConformanceContext c)
    {
        var names = await CreateAllAsync(c);
        await c.GivenAsync([.. names.Select(name => Keys.Expire(c.Key(name), Hour))]);
        await c.GivenAsync(
            Strings.Append(c.Key("string"), "x"),
            Lists.RightPush(c.Key("list"), "x"),
            Sets.Add(c.Key("set"), "x"),
            SortedSets.Add(c.Key("sorted"), "x", 2),
            Hashes.Set(c.Key("hash"), "x", "y"));
        foreach (var name in names)
        {
            await c.Expect(Keys.TimeToLive(c.Key(name))).AnswersAsync(ttl => ttl.Expires, "an end");
        }
    }

    private static async Task Rename_takes_the_end_along_and_loses_the_other(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("a"), "m"), Keys.Expire(c.Key("a"), Hour), Strings.Set(c.Key("b"), "v"));
        await c.Expect(Keys.Rename(c.Key("a"), c.Key("b"))).AnswersAsync(true);
        await c.Expect(Keys.Exists(c.Key("a"))).AnswersAsync(false);
        await c.Expect(Sets.Members(c.Key("b"))).AnswersAsync(["m"]);
        await c.Expect(Keys.TimeToLive(c.Key("b"))).AnswersAsync(ttl => ttl.Expires, "an end");
        await c.GivenAsync(Strings.Set(c.Key("c"), "v"));
        await c.Expect(Keys.Rename(c.Key("c"), c.Key("b"))).AnswersAsync(true);
        await c.Expect(Keys.TimeToLive(c.Key("b"))).AnswersAsync(new TimeToLive(true, null));
    }

    private static async Task Rename_to_itself_changes_nothing(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "v", Hour));
        await c.Expect(Keys.Rename(c.Key("a"), c.Key("a"))).AnswersAsync(true);
        await c.Expect(Keys.RenameIfAbsent(c.Key("a"), c.Key("a"))).AnswersAsync(false);
        await c.Expect(Strings.Get(c.Key("a"))).AnswersAsync("v");
        await c.Expect(Keys.TimeToLive(c.Key("a"))).AnswersAsync(ttl => ttl.Expires, "an end");
    }

    private static async Task Rename_of_an_absent_key_fails(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("b"), "v"));
        await c.Expect(Keys.Rename(c.Key("none"), c.Key("b"))).FailsAsync<NoSuchKeyException>();
        await c.Expect(Keys.RenameIfAbsent(c.Key("none"), c.Key("other"))).FailsAsync<NoSuchKeyException>();
        await c.Expect(Strings.Get(c.Key("b"))).AnswersAsync("v");
    }

    private static async Task Rename_if_absent_spares_the_other(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "1"), Strings.Set(c.Key("b"), "2"));
        await c.Expect(Keys.RenameIfAbsent(c.Key("a"), c.Key("b"))).AnswersAsync(false);
        await c.Expect(Strings.GetMany(c.Key("a"), c.Key("b"))).AnswersAsync(["1", "2"]);
        await c.Expect(Keys.RenameIfAbsent(c.Key("a"), c.Key("c"))).AnswersAsync(true);
        await c.Expect(Strings.GetMany(c.Key("a"), c.Key("c"))).AnswersAsync([StoreValue.Null, "1"]);
    }

    private static async Task Copy_copies_value_and_end(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("a"), "f", "v"), Keys.Expire(c.Key("a"), Hour));
        await c.Expect(Keys.Copy(c.Key("a"), c.Key("b"))).AnswersAsync(true);
        await c.Expect(Hashes.Get(c.Key("b"), "f")).AnswersAsync("v");
        await c.Expect(Keys.TimeToLive(c.Key("b"))).AnswersAsync(ttl => ttl.Expires, "an end");
        await c.Expect(Keys.Copy(c.Key("none"), c.Key("d"))).AnswersAsync(false);
    }

    private static async Task Copy_spares_the_destination_unless_told(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), "1"), Sets.Add(c.Key("b"), "m"));
        await c.Expect(Keys.Copy(c.Key("a"), c.Key("b"))).AnswersAsync(false);
        await c.Expect(Sets.Members(c.Key("b"))).AnswersAsync(["m"]);
        await c.Expect(Keys.Copy(c.Key("a"), c.Key("b"), replace: true)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("b"))).AnswersAsync("1");
        await c.Expect(Keys.Copy(c.Key("none"), c.Key("b"), replace: true)).AnswersAsync(false);
        await c.Expect(Strings.Get(c.Key("b"))).AnswersAsync("1");
    }

    private static async Task A_copy_is_a_copy(ConformanceContext c)
    {
        var names = await CreateAllAsync(c);
        await c.GivenAsync([.. names.Select(name => Keys.Copy(c.Key(name), c.Key(name + "2")))]);
        await c.GivenAsync(
            Strings.SetRange(c.Key("string"), 0, "X"),
            Lists.RightPush(c.Key("list"), "x"),
            Sets.Add(c.Key("set"), "x"),
            SortedSets.Add(c.Key("sorted"), "x", 2),
            Hashes.Set(c.Key("hash"), "x", "y"));
        await c.Expect(Strings.Get(c.Key("string2"))).AnswersAsync("v");
        await c.Expect(Lists.Range(c.Key("list2"))).AnswersAsync(["e"]);
        await c.Expect(Sets.Members(c.Key("set2"))).AnswersAsync(["m"]);
        await c.Expect(SortedSets.Length(c.Key("sorted2"))).AnswersAsync(1);
        await c.Expect(Hashes.GetAll(c.Key("hash2"))).AnswersAsync([new HashEntry("f", "v")]);
    }

    private static async Task<string[]> CreateAllAsync(ConformanceContext c)
    {
        await c.GivenAsync(
            Strings.Set(c.Key("string"), "v"),
            Lists.RightPush(c.Key("list"), "e"),
            Sets.Add(c.Key("set"), "m"),
            SortedSets.Add(c.Key("sorted"), "m", 1),
            Hashes.Set(c.Key("hash"), "f", "v"));
        return ["string", "list", "set", "sorted", "hash"];
    }
}
