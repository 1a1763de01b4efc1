using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about lists.</summary>
public sealed class ListConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Elements_are_pushed_at_both_ends),
        new(An_absent_list_is_empty),
        new(Push_if_exists_creates_nothing),
        new(Pop_takes_from_both_ends_and_deletes_the_empty_list),
        new(Pop_first_takes_from_the_first_list_that_has_any),
        new(Move_moves_an_element_between_ends),
        new(Move_within_a_list_rotates_it),
        new(Ranges_are_cut_to_the_list),
        new(Elements_are_read_and_replaced_by_index),
        new(Set_outside_the_list_fails),
        new(Insert_goes_by_a_pivot),
        new(Remove_counts_from_either_end),
        new(Trim_keeps_a_range),
        new(Positions_are_found_by_rank),
        new(A_long_list_behaves_as_a_short_one),
        new(Another_type_is_refused),
    ];

    private static async Task Elements_are_pushed_at_both_ends(ConformanceContext c)
    {
        await c.Expect(Lists.RightPush(c.Key("l"), "c", "d")).AnswersAsync(2);
        await c.Expect(Lists.LeftPush(c.Key("l"), "b", "a")).AnswersAsync(4);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["a", "b", "c", "d"]);
        await c.Expect(Lists.Length(c.Key("l"))).AnswersAsync(4);
        await c.Expect(Lists.RightPush(c.Key("l"), "a", "")).AnswersAsync(6);
        await c.Expect(Lists.Range(c.Key("l"), 4)).AnswersAsync(["a", ""]);
    }

    private static async Task An_absent_list_is_empty(ConformanceContext c)
    {
        var l = c.Key("l");
        await c.Expect(Lists.Range(l)).AnswersAsync([]);
        await c.Expect(Lists.Length(l)).AnswersAsync(0);
        await c.Expect(Lists.Get(l, 0)).AnswersAsync(StoreValue.Null);
        await c.Expect(Lists.LeftPop(l)).AnswersAsync(StoreValue.Null);
        await c.Expect(Lists.RightPop(l, 2)).AnswersAsync([]);
        await c.Expect(Lists.PopFirst([l], ListSide.Left)).AnswersAsync((PoppedElements?)null);
        await c.Expect(Lists.Move(l, c.Key("m"), ListSide.Left, ListSide.Right)).AnswersAsync(StoreValue.Null);
        await c.Expect(Lists.Set(l, 0, "x")).FailsAsync<NoSuchKeyException>();
        await c.Expect(Lists.InsertBefore(l, "p", "x")).AnswersAsync(0);
        await c.Expect(Lists.Remove(l, "x")).AnswersAsync(0);
        await c.Expect(Lists.Trim(l, 0, 1)).AnswersAsync(true);
        await c.Expect(Lists.Position(l, "x")).AnswersAsync((long?)null);
        await c.Expect(Lists.Positions(l, "x")).AnswersAsync([]);
        await c.Expect(Keys.Exists(l, c.Key("m"))).AnswersAsync(0);
    }

    private static async Task Push_if_exists_creates_nothing(ConformanceContext c)
    {
        await c.Expect(Lists.LeftPushIfExists(c.Key("l"), "a")).AnswersAsync(0);
        await c.Expect(Lists.RightPushIfExists(c.Key("l"), "a")).AnswersAsync(0);
        await c.Expect(Keys.Exists(c.Key("l"))).AnswersAsync(false);
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "b"));
        await c.Expect(Lists.LeftPushIfExists(c.Key("l"), "a")).AnswersAsync(2);
        await c.Expect(Lists.RightPushIfExists(c.Key("l"), "c", "d")).AnswersAsync(4);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["a", "b", "c", "d"]);
    }

    private static async Task Pop_takes_from_both_ends_and_deletes_the_empty_list(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a", "b", "c", "d", "e", "f"));
        await c.Expect(Lists.LeftPop(c.Key("l"))).AnswersAsync("a");
        await c.Expect(Lists.RightPop(c.Key("l"))).AnswersAsync("f");
        await c.Expect(Lists.LeftPop(c.Key("l"), 2)).AnswersAsync(["b", "c"]);
        await c.Expect(Lists.LeftPop(c.Key("l"), 0)).AnswersAsync([]);
        await c.Expect(Lists.RightPop(c.Key("l"), 10)).AnswersAsync(["e", "d"]);
        await c.Expect(Keys.Exists(c.Key("l"))).AnswersAsync(false);
    }

    private static async Task Pop_first_takes_from_the_first_list_that_has_any(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("b"), "1", "2", "3"), Lists.RightPush(c.Key("c"), "4"));
        StoreKey[] keys = [c.Key("a"), c.Key("b"), c.Key("c")];
        await c.Expect(Lists.PopFirst(keys, ListSide.Right, 2)).AnswersAsync(IsPop(c.Key("b"), "3", "2"), "3 and 2 of b");
        await c.Expect(Lists.PopFirst(keys, ListSide.Left, 2)).AnswersAsync(IsPop(c.Key("b"), "1"), "1 of b");
        await c.Expect(Lists.PopFirst(keys, ListSide.Left)).AnswersAsync(IsPop(c.Key("c"), "4"), "4 of c");
        await c.Expect(Lists.PopFirst(keys, ListSide.Left)).AnswersAsync((PoppedElements?)null);
    }

    private static async Task Move_moves_an_element_between_ends(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("a"), "1", "2", "3"));
        await c.Expect(Lists.Move(c.Key("a"), c.Key("b"), ListSide.Right, ListSide.Left)).AnswersAsync("3");
        await c.Expect(Lists.Move(c.Key("a"), c.Key("b"), ListSide.Left, ListSide.Left)).AnswersAsync("1");
        await c.Expect(Lists.Move(c.Key("a"), c.Key("b"), ListSide.Left, ListSide.Right)).AnswersAsync("2");
        await c.Expect(Lists.Range(c.Key("b"))).AnswersAsync(["1", "3", "2"]);
        await c.Expect(Keys.Exists(c.Key("a"))).AnswersAsync(false);
    }

    private static async Task Move_within_a_list_rotates_it(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("a"), "1", "2", "3"), Strings.Set(c.Key("string"), "v"));
        await c.Expect(Lists.Move(c.Key("a"), c.Key("a"), ListSide.Right, ListSide.Left)).AnswersAsync("3");
        await c.Expect(Lists.Range(c.Key("a"))).AnswersAsync(["3", "1", "2"]);
        await c.Expect(Lists.Move(c.Key("a"), c.Key("string"), ListSide.Right, ListSide.Left)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Range(c.Key("a"))).AnswersAsync(["3", "1", "2"]);
    }

    private static async Task Ranges_are_cut_to_the_list(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a", "b", "c", "d"));
        (long Start, long Stop, StoreValue[] Elements)[] ranges =
        [
            (0, -1, ["a", "b", "c", "d"]), (0, 0, ["a"]), (1, 2, ["b", "c"]), (-2, -1, ["c", "d"]), (2, 100, ["c", "d"]),
            (-100, 0, ["a"]), (3, 2, []), (4, 5, []), (-1, -2, []), (0, -5, []),
        ];
        foreach (var (start, stop, elements) in ranges)
        {
            await c.Expect(Lists.Range(c.Key("l"), start, stop)).AnswersAsync(elements);
        }
    }

    private static async Task Elements_are_read_and_replaced_by_index(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a", "b", "c"));
        await c.Expect(Lists.Get(c.Key("l"), 1)).AnswersAsync("b");
        await c.Expect(Lists.Get(c.Key("l"), -1)).AnswersAsync("c");
        await c.Expect(Lists.Get(c.Key("l"), 3)).AnswersAsync(StoreValue.Null);
        await c.Expect(Lists.Get(c.Key("l"), -4)).AnswersAsync(StoreValue.Null);
        await c.Expect(Lists.Set(c.Key("l"), 1, "B")).AnswersAsync(true);
        await c.Expect(Lists.Set(c.Key("l"), -1, "C")).AnswersAsync(true);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["a", "B", "C"]);
    }

    private static async Task Set_outside_the_list_fails(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a"));
        await c.Expect(Lists.Set(c.Key("l"), 1, "x")).FailsAsync<ElementIndexException>();
        await c.Expect(Lists.Set(c.Key("l"), -2, "x")).FailsAsync<ElementIndexException>();
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["a"]);
    }

    private static async Task Insert_goes_by_a_pivot(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a", "b", "a"));
        await c.Expect(Lists.InsertBefore(c.Key("l"), "a", "1")).AnswersAsync(4);
        await c.Expect(Lists.InsertAfter(c.Key("l"), "a", "2")).AnswersAsync(5);
        await c.Expect(Lists.InsertAfter(c.Key("l"), "none", "3")).AnswersAsync(-1);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["1", "a", "2", "b", "a"]);
    }

    private static async Task Remove_counts_from_either_end(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "x", "a", "x", "b", "x", "c", "x"));
        await c.Expect(Lists.Remove(c.Key("l"), "x", 1)).AnswersAsync(1);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["a", "x", "b", "x", "c", "x"]);
        await c.Expect(Lists.Remove(c.Key("l"), "x", -2)).AnswersAsync(2);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["a", "x", "b", "c"]);
        await c.Expect(Lists.Remove(c.Key("l"), "none")).AnswersAsync(0);
        await c.GivenAsync(Lists.RightPush(c.Key("only"), "x", "x"));
        await c.Expect(Lists.Remove(c.Key("only"), "x")).AnswersAsync(2);
        await c.Expect(Keys.Exists(c.Key("only"))).AnswersAsync(false);
    }

    private static async Task Trim_keeps_a_range(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a", "b", "c", "d", "e"));
        await c.Expect(Lists.Trim(c.Key("l"), 1, -2)).AnswersAsync(true);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["b", "c", "d"]);
        await c.Expect(Lists.Trim(c.Key("l"), -100, 1)).AnswersAsync(true);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(["b", "c"]);
        await c.Expect(Lists.Trim(c.Key("l"), 5, 10)).AnswersAsync(true);
        await c.Expect(Keys.Exists(c.Key("l"))).AnswersAsync(false);
    }

    private static async Task Positions_are_found_by_rank(ConformanceContext c)
    {
        await c.GivenAsync(Lists.RightPush(c.Key("l"), "a", "b", "c", "1", "2", "3", "c", "c"));
        await c.Expect(Lists.Position(c.Key("l"), "c")).AnswersAsync(2);
        await c.Expect(Lists.Position(c.Key("l"), "c", 2)).AnswersAsync(6);
        await c.Expect(Lists.Position(c.Key("l"), "c", -1)).AnswersAsync(7);
        await c.Expect(Lists.Position(c.Key("l"), "c", 4)).AnswersAsync((long?)null);
        await c.Expect(Lists.Position(c.Key("l"), "none")).AnswersAsync((long?)null);
        await c.Expect(Lists.Position(c.Key("l"), "c", 1, 2)).AnswersAsync((long?)null);
        await c.Expect(Lists.Positions(c.Key("l"), "c")).AnswersAsync([2, 6, 7]);
        await c.Expect(Lists.Positions(c.Key("l"), "c", 2)).AnswersAsync([2, 6]);
        await c.Expect(Lists.Positions(c.Key("l"), "c", 2, -1)).AnswersAsync([7, 6]);
        await c.Expect(Lists.Positions(c.Key("l"), "c", 0, 1, 7)).AnswersAsync([2, 6]);
    }

    private static async Task A_long_list_behaves_as_a_short_one(ConformanceContext c)
    {
        var elements = Enumerable.Range(0, 2000).Select(i => (StoreValue)$"element {i}").ToArray();
        await c.Expect(Lists.RightPush(c.Key("l"), elements)).AnswersAsync(2000);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(elements);
        await c.Expect(Lists.Get(c.Key("l"), 1234)).AnswersAsync("element 1234");
        await c.Expect(Lists.Set(c.Key("l"), 1000, "x")).AnswersAsync(true);
        await c.Expect(Lists.Position(c.Key("l"), "x")).AnswersAsync(1000);
        await c.Expect(Lists.LeftPop(c.Key("l"), 1999)).AnswersAsync(popped => popped.Length == 1999 && popped[1000] == "x", "all but the last");
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync([elements[1999]]);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Lists.LeftPush(k, "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.RightPush(k, "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.LeftPushIfExists(k, "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.LeftPop(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.RightPop(k, 2)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.PopFirst([c.Key("none"), k], ListSide.Left)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Move(k, c.Key("m"), ListSide.Left, ListSide.Right)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Range(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Get(k, 0)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Length(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Set(k, 0, "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.InsertBefore(k, "p", "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Remove(k, "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Trim(k, 0, 1)).FailsAsync<WrongTypeException>();
        await c.Expect(Lists.Position(k, "e")).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Get(k)).AnswersAsync("v");
    }

    private static Func<PoppedElements?, bool> IsPop(StoreKey key, params StoreValue[] elements) =>
        popped => popped is not null && popped.Key == key && popped.Elements.SequenceEqual(elements);
}
