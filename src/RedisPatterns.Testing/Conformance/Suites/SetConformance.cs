using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about sets.</summary>
public sealed class SetConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_member_is_there_once),
        new(An_absent_set_is_empty),
        new(Several_members_are_asked_for_in_order),
        new(Integers_and_text_are_the_same_members),
        new(Removing_the_last_member_deletes_the_set),
        new(Pop_removes_what_it_answers),
        new(Random_members_stay),
        new(Move_moves_a_member),
        new(Move_to_itself_or_of_an_absent_member_changes_nothing),
        new(Intersection_union_and_difference),
        new(Algebra_with_absent_sets),
        new(Stored_algebra_replaces_the_destination),
        new(Stored_algebra_may_read_its_destination),
        new(The_size_of_an_intersection_may_be_limited),
        new(A_scan_sees_every_member),
        new(Another_type_is_refused),
        new(Algebra_refuses_another_type_at_every_position),
    ];

    private static async Task A_member_is_there_once(ConformanceContext c)
    {
        await c.Expect(Sets.Add(c.Key("s"), "a")).AnswersAsync(true);
        await c.Expect(Sets.Add(c.Key("s"), "a")).AnswersAsync(false);
        await c.Expect(Sets.Add(c.Key("s"), "b", "a", "b", "c")).AnswersAsync(2);
        await c.Expect(Sets.Members(c.Key("s"))).AnswersInAnyOrderAsync("a", "b", "c");
        await c.Expect(Sets.Length(c.Key("s"))).AnswersAsync(3);
        await c.Expect(Sets.Add(c.Key("s"), "")).AnswersAsync(true);
        await c.Expect(Sets.Contains(c.Key("s"), "")).AnswersAsync(true);
    }

    private static async Task An_absent_set_is_empty(ConformanceContext c)
    {
        var s = c.Key("s");
        await c.Expect(Sets.Members(s)).AnswersAsync([]);
        await c.Expect(Sets.Length(s)).AnswersAsync(0);
        await c.Expect(Sets.Contains(s, "a")).AnswersAsync(false);
        await c.Expect(Sets.ContainsMany(s, "a", "b")).AnswersAsync([false, false]);
        await c.Expect(Sets.Remove(s, "a")).AnswersAsync(false);
        await c.Expect(Sets.Pop(s)).AnswersAsync(StoreValue.Null);
        await c.Expect(Sets.Pop(s, 3)).AnswersAsync([]);
        await c.Expect(Sets.RandomMember(s)).AnswersAsync(StoreValue.Null);
        await c.Expect(Sets.RandomMembers(s, 3)).AnswersAsync([]);
        await c.Expect(Sets.Scan(s)).AnswersAsync(page => page is { IsLast: true, Items.Count: 0 }, "an empty last page");
    }

    private static async Task Several_members_are_asked_for_in_order(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("s"), "a", "b"));
        await c.Expect(Sets.ContainsMany(c.Key("s"), "b", "x", "a", "b")).AnswersAsync([true, false, true, true]);
    }

    private static async Task Integers_and_text_are_the_same_members(ConformanceContext c)
    {
        await c.Expect(Sets.Add(c.Key("s"), 1, "1", 2, "02")).AnswersAsync(3);
        await c.Expect(Sets.Contains(c.Key("s"), "2")).AnswersAsync(true);
        await c.Expect(Sets.Add(c.Key("s"), "text")).AnswersAsync(true);
        await c.Expect(Sets.Members(c.Key("s"))).AnswersInAnyOrderAsync("1", "2", "02", "text");
    }

    private static async Task Removing_the_last_member_deletes_the_set(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("s"), "a", "b", "c"));
        await c.Expect(Sets.Remove(c.Key("s"), "a")).AnswersAsync(true);
        await c.Expect(Sets.Remove(c.Key("s"), "a", "b", "c", "c")).AnswersAsync(2);
        await c.Expect(Keys.Exists(c.Key("s"))).AnswersAsync(false);
    }

    private static async Task Pop_removes_what_it_answers(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("s"), "a", "b", "c", "d"));
        var first = await c.SendAsync(Sets.Pop(c.Key("s")));
        await c.Expect(Sets.Contains(c.Key("s"), first)).AnswersAsync(false);
        var more = await c.SendAsync(Sets.Pop(c.Key("s"), 2));
        Equal(2, more.Distinct().Count());
        await c.Expect(Sets.Pop(c.Key("s"), 0)).AnswersAsync([]);
        var last = await c.SendAsync(Sets.Pop(c.Key("s"), 10));
        EqualInAnyOrder(["a", "b", "c", "d"], [first, .. more, .. last]);
        await c.Expect(Keys.Exists(c.Key("s"))).AnswersAsync(false);
    }

    private static async Task Random_members_stay(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("s"), "a", "b", "c"));
        await c.Expect(Sets.RandomMember(c.Key("s"))).AnswersAsync(member => member == "a" || member == "b" || member == "c", "a member");
        await c.Expect(Sets.RandomMembers(c.Key("s"), 10)).AnswersInAnyOrderAsync("a", "b", "c");
        await c.Expect(Sets.RandomMembers(c.Key("s"), 2)).AnswersAsync(members => members.Distinct().Count() == 2, "two different members");
        await c.Expect(Sets.RandomMembers(c.Key("s"), -10)).AnswersAsync(members => members.Length == 10, "ten members");
        await c.Expect(Sets.RandomMembers(c.Key("s"), 0)).AnswersAsync([]);
        await c.Expect(Sets.Length(c.Key("s"))).AnswersAsync(3);
    }

    private static async Task Move_moves_a_member(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("a"), "m"), Sets.Add(c.Key("b"), "n"));
        await c.Expect(Sets.Move(c.Key("a"), c.Key("b"), "m")).AnswersAsync(true);
        await c.Expect(Keys.Exists(c.Key("a"))).AnswersAsync(false);
        await c.Expect(Sets.Members(c.Key("b"))).AnswersInAnyOrderAsync("m", "n");
        await c.Expect(Sets.Move(c.Key("b"), c.Key("new"), "n")).AnswersAsync(true);
        await c.Expect(Sets.Members(c.Key("new"))).AnswersAsync(["n"]);
    }

    private static async Task Move_to_itself_or_of_an_absent_member_changes_nothing(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("a"), "m"), Strings.Set(c.Key("string"), "v"));
        await c.Expect(Sets.Move(c.Key("a"), c.Key("a"), "m")).AnswersAsync(true);
        await c.Expect(Sets.Move(c.Key("a"), c.Key("b"), "x")).AnswersAsync(false);
        await c.Expect(Sets.Move(c.Key("none"), c.Key("b"), "x")).AnswersAsync(false);
        await c.Expect(Sets.Move(c.Key("a"), c.Key("string"), "m")).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Members(c.Key("a"))).AnswersAsync(["m"]);
        await c.Expect(Keys.Exists(c.Key("b"))).AnswersAsync(false);
    }

    private static async Task Intersection_union_and_difference(ConformanceContext c)
    {
        await GivenThreeAsync(c);
        await c.Expect(Sets.Intersect(c.Key("a"), c.Key("b"), c.Key("c"))).AnswersInAnyOrderAsync("2", "text");
        await c.Expect(Sets.Union(c.Key("a"), c.Key("b"), c.Key("c"))).AnswersInAnyOrderAsync("1", "2", "3", "4", "text");
        await c.Expect(Sets.Difference(c.Key("a"), c.Key("b"), c.Key("c"))).AnswersAsync(["1"]);
        await c.Expect(Sets.Difference(c.Key("a"), c.Key("a"))).AnswersAsync([]);
        await c.Expect(Sets.Intersect(c.Key("a"))).AnswersInAnyOrderAsync("1", "2", "3", "text");
    }

    private static async Task Algebra_with_absent_sets(ConformanceContext c)
    {
        await GivenThreeAsync(c);
        await c.Expect(Sets.Intersect(c.Key("a"), c.Key("none"))).AnswersAsync([]);
        await c.Expect(Sets.Union(c.Key("none"), c.Key("b"))).AnswersInAnyOrderAsync("2", "3", "text");
        await c.Expect(Sets.Difference(c.Key("none"), c.Key("b"))).AnswersAsync([]);
        await c.Expect(Sets.Difference(c.Key("b"), c.Key("none"))).AnswersInAnyOrderAsync("2", "3", "text");
    }

    private static async Task Stored_algebra_replaces_the_destination(ConformanceContext c)
    {
        await GivenThreeAsync(c);
        var d = c.Key("d");
        await c.GivenAsync(Strings.Set(d, "v", TimeSpan.FromHours(1)));
        await c.Expect(Sets.IntersectStore(d, c.Key("a"), c.Key("b"))).AnswersAsync(3);
        await c.Expect(Sets.Members(d)).AnswersInAnyOrderAsync("2", "3", "text");
        await c.Expect(Keys.TimeToLive(d)).AnswersAsync(new TimeToLive(true, null));
        await c.Expect(Sets.UnionStore(d, c.Key("b"), c.Key("c"))).AnswersAsync(4);
        await c.Expect(Sets.DifferenceStore(d, c.Key("c"), c.Key("a"))).AnswersAsync(1);
        await c.Expect(Sets.Members(d)).AnswersAsync(["4"]);
        await c.Expect(Sets.IntersectStore(d, c.Key("a"), c.Key("none"))).AnswersAsync(0);
        await c.Expect(Keys.Exists(d)).AnswersAsync(false);
    }

    private static async Task Stored_algebra_may_read_its_destination(ConformanceContext c)
    {
        await GivenThreeAsync(c);
        await c.Expect(Sets.UnionStore(c.Key("a"), c.Key("a"), c.Key("c"))).AnswersAsync(5);
        await c.Expect(Sets.DifferenceStore(c.Key("a"), c.Key("a"), c.Key("b"))).AnswersAsync(2);
        await c.Expect(Sets.Members(c.Key("a"))).AnswersInAnyOrderAsync("1", "4");
    }

    private static async Task The_size_of_an_intersection_may_be_limited(ConformanceContext c)
    {
        await GivenThreeAsync(c);
        await c.Expect(Sets.IntersectLength([c.Key("a"), c.Key("b")])).AnswersAsync(3);
        await c.Expect(Sets.IntersectLength([c.Key("a"), c.Key("b")], 2)).AnswersAsync(2);
        await c.Expect(Sets.IntersectLength([c.Key("a"), c.Key("b")], 5)).AnswersAsync(3);
        await c.Expect(Sets.IntersectLength([c.Key("a"), c.Key("none")])).AnswersAsync(0);
    }

    private static async Task A_scan_sees_every_member(ConformanceContext c)
    {
        var members = Enumerable.Range(0, 1000).Select(i => (StoreValue)$"m{i}").ToArray();
        await c.Expect(Sets.Add(c.Key("s"), members)).AnswersAsync(1000);
        var seen = new HashSet<StoreValue>();
        ulong cursor = 0;
        do
        {
            var page = await c.SendAsync(Sets.Scan(c.Key("s"), cursor, count: 50));
            seen.UnionWith(page.Items);
            cursor = page.Cursor;
        }
        while (cursor != 0);
        EqualInAnyOrder(members, seen);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Sets.Add(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Remove(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Members(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Contains(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.ContainsMany(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Length(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Pop(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Pop(k, 2)).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.RandomMember(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Sets.Scan(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Get(k)).AnswersAsync("v");
    }

    private static async Task Algebra_refuses_another_type_at_every_position(ConformanceContext c)
    {
        await GivenThreeAsync(c);
        await c.GivenAsync(Strings.Set(c.Key("string"), "v"), Sets.Add(c.Key("d"), "before"));
        StoreKey[] keys = [c.Key("a"), c.Key("b"), c.Key("c")];
        for (var i = 0; i < keys.Length; i++)
        {
            var mixed = keys.ToArray();
            mixed[i] = c.Key("string");
            await c.Expect(Sets.Intersect(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(Sets.Union(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(Sets.Difference(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(Sets.IntersectLength(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(Sets.IntersectStore(c.Key("d"), mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(Sets.UnionStore(c.Key("d"), mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(Sets.DifferenceStore(c.Key("d"), mixed)).FailsAsync<WrongTypeException>();
        }

        await c.Expect(Sets.Members(c.Key("d"))).AnswersAsync(["before"]);
    }

    private static Task GivenThreeAsync(ConformanceContext c) => c.GivenAsync(
        Sets.Add(c.Key("a"), 1, 2, 3, "text"), Sets.Add(c.Key("b"), 2, 3, "text"), Sets.Add(c.Key("c"), 2, 4, "text"));
}
