using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>All or nothing where it is hard: a command that fails at every position, of every kind, after every kind of write.</summary>
public sealed class BatchAtomicityConformance : ConformanceSuite
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly string[] Names =
        ["string", "number", "max", "text", "list", "list2", "set", "set2", "sorted", "sorted2", "hash", "bits", "hll", "geo", "new", "new2"];

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Every_write_is_taken_back_when_a_later_command_fails),
        new(Every_write_to_a_stream_is_taken_back_when_a_later_command_fails, StoreFeatures.Streams),
        new(A_command_of_another_type_at_every_position_leaves_nothing),
        new(Every_kind_of_failure_leaves_nothing),
        new(Many_writes_to_the_same_key_are_taken_back),
        new(The_end_of_a_key_is_kept_to_the_millisecond),
    ];

    private static async Task Every_write_is_taken_back_when_a_later_command_fails(ConformanceContext c)
    {
        await GivenAsync(c);
        await AllAreTakenBackAsync(c, Writes(c), Names);
    }

    private static async Task Every_write_to_a_stream_is_taken_back_when_a_later_command_fails(ConformanceContext c)
    {
        var s = c.Key("stream");
        await c.GivenAsync(
            Streams.Add(s, new StreamId(1, 1), [new("f", 1)]), Streams.Add(s, new StreamId(2, 1), [new("f", 2)]), Streams.Add(s, new StreamId(3, 1), [new("f", 3)]),
            Streams.CreateGroup(s, "g", StreamId.Zero), Streams.ReadGroup(s, "g", "a", 2), Strings.Set(c.Key("text"), "abc"));
        await AllAreTakenBackAsync(
            c,
            [
                Streams.Add(s, new StreamId(9, 1), [new("f", 9)]),
                Streams.Add(s, new StreamId(9, 1), [new("f", 9)], StreamTrim.MaxLength(1)),
                Streams.Add(c.Key("new"), new StreamId(9, 1), [new("f", 9)]),
                Streams.Trim(s, StreamTrim.MaxLength(1)),
                Streams.Delete(s, new StreamId(1, 1)),
                Streams.SetLastId(s, new StreamId(99, 0)),
                Streams.CreateGroup(s, "h"),
                Streams.CreateGroup(c.Key("new"), "h", makeStream: true),
                Streams.SetGroupPosition(s, "g", new StreamId(3, 1)),
                Streams.DestroyGroup(s, "g"),
                Streams.CreateConsumer(s, "g", "b"),
                Streams.DeleteConsumer(s, "g", "a"),
                Streams.ReadGroup(s, "g", "b"),
                Streams.Acknowledge(s, "g", new StreamId(1, 1)),
                Streams.Claim(s, "g", "b", TimeSpan.Zero, [new StreamId(1, 1)]),
                Streams.AutoClaim(s, "g", "b", TimeSpan.Zero),
                Keys.Delete(s),
            ],
            ["stream", "new", "text"]);
    }

    private static async Task A_command_of_another_type_at_every_position_leaves_nothing(ConformanceContext c)
    {
        await GivenAsync(c);
        var before = await ReadAsync(c, Names);
        StoreCommand[] good =
        [
            Strings.Set(c.Key("string"), "changed"), Hashes.Set(c.Key("hash"), "f", "changed"), Sets.Add(c.Key("set"), "new"),
            SortedSets.Add(c.Key("sorted"), "new", 1), Lists.LeftPush(c.Key("list"), "new"), Keys.Delete(c.Key("set2")),
            Strings.Increment(c.Key("number")), Strings.Set(c.Key("new"), "v"),
        ];
        StoreCommand[] bad =
        [
            Hashes.Set(c.Key("text"), "f", "v"), Sets.Add(c.Key("text"), "m"), SortedSets.Add(c.Key("text"), "m", 1), Lists.RightPush(c.Key("text"), "e"),
            Strings.Append(c.Key("list2"), "v"),
        ];
        foreach (var wrong in bad)
        {
            for (var position = 0; position <= good.Length; position++)
            {
                var result = await CommitAsync(c, [.. good[..position], wrong, .. good[position..]]);
                CheckRefusal(c, result, wrong, position, typeof(WrongTypeException));
                Equal(before, await ReadAsync(c, Names), $"{c.Describe(wrong)} at position {position}");
            }
        }
    }

    private static async Task Every_kind_of_failure_leaves_nothing(ConformanceContext c)
    {
        await GivenAsync(c);
        var before = await ReadAsync(c, Names);
        (StoreCommand Command, Type Error)[] failures =
        [
            (Strings.Increment(c.Key("text")), typeof(InvalidNumberException)),
            (Strings.IncrementFloat(c.Key("text"), 1), typeof(InvalidNumberException)),
            (Hashes.Increment(c.Key("hash"), "f"), typeof(InvalidNumberException)),
            (Strings.Increment(c.Key("max")), typeof(NumberOverflowException)),
            (Hashes.Increment(c.Key("hash"), "max"), typeof(NumberOverflowException)),
            (SortedSets.Increment(c.Key("sorted"), "inf", double.NegativeInfinity), typeof(NumberOverflowException)),
            (Keys.Rename(c.Key("none"), c.Key("new")), typeof(NoSuchKeyException)),
            (Lists.Set(c.Key("none"), 0, "e"), typeof(NoSuchKeyException)),
            (Lists.Set(c.Key("list"), 99, "e"), typeof(ElementIndexException)),
            (Strings.Get(c.Key("set")), typeof(WrongTypeException)),
            (Sets.UnionStore(c.Key("new"), c.Key("set"), c.Key("text")), typeof(WrongTypeException)),
            (Sets.Move(c.Key("set"), c.Key("text"), "a"), typeof(WrongTypeException)),
        ];
        foreach (var (command, error) in failures)
        {
            var result = await CommitAsync(c, Strings.Set(c.Key("new2"), "v"), Sets.Remove(c.Key("set"), "a"), command, Strings.Set(c.Key("string"), "changed"));
            CheckRefusal(c, result, command, 2, error);
            Equal(before, await ReadAsync(c, Names), c.Describe(command));
        }
    }

    private static async Task Many_writes_to_the_same_key_are_taken_back(ConformanceContext c)
    {
        await GivenAsync(c);
        var before = await ReadAsync(c, Names);
        var result = await CommitAsync(
            c,
            Strings.Append(c.Key("string"), "x"), Keys.Persist(c.Key("string")), Keys.Delete(c.Key("string")), Sets.Add(c.Key("string"), "m"),
            Keys.Rename(c.Key("string"), c.Key("new")), Strings.Set(c.Key("string"), "y"), Keys.Rename(c.Key("list"), c.Key("string")),
            Hashes.Set(c.Key("list"), "f", "v"), Keys.Delete(c.Key("hash")), Hashes.Set(c.Key("hash"), "f", "other"), Hashes.Set(c.Key("hash"), "new", "v"),
            Keys.Copy(c.Key("sorted"), c.Key("set"), replace: true), SortedSets.PopMin(c.Key("set")),
            Strings.Increment(c.Key("text")));
        CheckRefusal(c, result, Strings.Increment(c.Key("text")), 13, typeof(InvalidNumberException));
        Equal(before, await ReadAsync(c, Names));
    }

    private static async Task The_end_of_a_key_is_kept_to_the_millisecond(ConformanceContext c)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_800_123);
        await c.GivenAsync(Hashes.Set(c.Key("h"), "f", "v"), Keys.ExpireAt(c.Key("h"), moment), Strings.Set(c.Key("text"), "abc"));
        var result = await CommitAsync(c, Keys.Delete(c.Key("h")), Hashes.Set(c.Key("h"), "f", "w"), Strings.Increment(c.Key("text")));
        CheckRefusal(c, result, Strings.Increment(c.Key("text")), 2, typeof(InvalidNumberException));
        await c.Expect(Keys.ExpireTime(c.Key("h"))).AnswersAsync(new ExpireTime(true, moment));
        await c.Expect(Hashes.Get(c.Key("h"), "f")).AnswersAsync("v");
    }

    private static StoreCommand[] Writes(ConformanceContext c)
    {
        StoreKey K(string name) => c.Key(name);
        return
        [
            Strings.Set(K("string"), "w"), Strings.Set(K("set"), "w", Hour), Strings.Set(K("new"), "w"), Strings.Set(K("string"), "w", Expiry.Keep),
            Strings.SetMany(new(K("string"), "1"), new(K("new"), "2")), Strings.SetManyIfAbsent(new(K("new"), "1"), new(K("new2"), "2")),
            Strings.GetAndSet(K("string"), "w"), Strings.GetAndDelete(K("string")), Strings.GetAndExpire(K("string"), 2 * Hour),
            Strings.GetAndExpire(K("string"), Expiry.Persist), Strings.Increment(K("number"), 5), Strings.Increment(K("new")),
            Strings.IncrementFloat(K("number"), 0.5), Strings.Append(K("string"), "w"), Strings.SetRange(K("string"), 1, "www"), Strings.SetRange(K("new"), 5, "w"),
            Keys.Delete(K("hash"), K("list")), Keys.Unlink(K("sorted")), Keys.Expire(K("list"), Hour), Keys.Persist(K("string")),
            Keys.ExpireAt(K("list"), DateTimeOffset.UnixEpoch.AddDays(1)), Keys.Rename(K("list"), K("set")), Keys.Rename(K("list"), K("new")),
            Keys.RenameIfAbsent(K("list"), K("new")), Keys.Copy(K("list"), K("new")), Keys.Copy(K("list"), K("set"), replace: true),
            Lists.LeftPush(K("list"), "x", "y"), Lists.RightPush(K("list"), "x"), Lists.RightPush(K("new"), "x"), Lists.LeftPushIfExists(K("list"), "x"),
            Lists.LeftPop(K("list")), Lists.LeftPop(K("list"), 9), Lists.RightPop(K("list")), Lists.RightPop(K("list"), 2),
            Lists.PopFirst([K("new"), K("list")], ListSide.Right), Lists.Move(K("list"), K("list2"), ListSide.Left, ListSide.Right),
            Lists.Move(K("list"), K("list"), ListSide.Left, ListSide.Right), Lists.Move(K("list"), K("new"), ListSide.Left, ListSide.Right),
            Lists.Set(K("list"), 1, "x"), Lists.InsertBefore(K("list"), "b", "x"), Lists.InsertAfter(K("list"), "b", "x"), Lists.Remove(K("list"), "b"),
            Lists.Trim(K("list"), 1, 1), Lists.Trim(K("list"), 9, 9),
            Sets.Add(K("set"), "x", "y"), Sets.Add(K("new"), "x"), Sets.Remove(K("set"), "a"), Sets.Remove(K("set"), "a", "b", "c"), Sets.Pop(K("set")), Sets.Pop(K("set"), 9),
            Sets.Move(K("set"), K("set2"), "a"), Sets.Move(K("set"), K("new"), "a"), Sets.IntersectStore(K("set"), K("set"), K("set2")),
            Sets.UnionStore(K("new"), K("set"), K("set2")), Sets.DifferenceStore(K("list"), K("set"), K("set2")),
            SortedSets.Add(K("sorted"), "a", 9), SortedSets.Add(K("sorted"), "new", 9), SortedSets.Add(K("new"), "m", 9), SortedSets.Increment(K("sorted"), "a", 0.5),
            SortedSets.Remove(K("sorted"), "a"), SortedSets.PopMin(K("sorted")), SortedSets.PopMax(K("sorted"), 9), SortedSets.PopFirst(ScoreEnd.Max, 1, K("sorted")),
            SortedSets.RemoveRange(K("sorted"), RankRange.First(2)), SortedSets.RemoveRangeByScore(K("sorted"), ScoreRange.AtLeast(2)),
            SortedSets.RemoveRangeByLex(K("sorted2"), LexRange.All), SortedSets.RangeStore(K("new"), K("sorted"), RankRange.All),
            SortedSets.UnionStore(K("set"), [K("sorted"), K("sorted2")]), SortedSets.IntersectStore(K("sorted"), [K("sorted"), K("sorted2")]),
            SortedSets.DifferenceStore(K("new"), K("sorted"), K("sorted2")),
            Hashes.Set(K("hash"), "f", "w"), Hashes.Set(K("hash"), new HashEntry("f", "w"), new HashEntry("x", "y")), Hashes.Set(K("new"), "f", "w"),
            Hashes.SetIfAbsent(K("hash"), "x", "y"), Hashes.Delete(K("hash"), "f"), Hashes.Delete(K("hash"), "f", "n", "max"), Hashes.Increment(K("hash"), "n", 5),
            Hashes.Increment(K("hash"), "x"), Hashes.IncrementFloat(K("hash"), "n", 0.5),
            Bits.Set(K("bits"), 3, true), Bits.Set(K("bits"), 300, true), Bits.Set(K("new"), 3, true), Bits.Combine(BitOperation.Not, K("set"), K("bits")),
            Bits.Field(K("bits"), BitFieldOperation.Set(BitFieldType.Unsigned(8), 0, 200)),
            HyperLogLogs.Add(K("hll"), "x", "y"), HyperLogLogs.Add(K("new"), "x"), HyperLogLogs.Merge(K("new"), K("hll")),
            Geo.Add(K("geo"), new GeoEntry("x", new GeoPosition(1, 2))), Geo.Add(K("new"), new GeoEntry("x", new GeoPosition(1, 2))),
            Geo.SearchStore(K("new"), K("geo"), new GeoPosition(15, 37), GeoShape.Circle(500, GeoUnit.Kilometers)),
        ];
    }

    private static async Task AllAreTakenBackAsync(ConformanceContext c, StoreCommand[] writes, string[] names)
    {
        var before = await ReadAsync(c, names);
        foreach (var write in writes.Where(write => c.Store.Capabilities.Supports(write.Definition)))
        {
            var result = await CommitAsync(c, write, Strings.Increment(c.Key("text")));
            CheckRefusal(c, result, write, 1, typeof(InvalidNumberException));
            Equal(before, await ReadAsync(c, names), $"after {c.Describe(write)}");
        }
    }

    // A store without scripts may refuse the whole batch instead; what counts is that nothing is written.
    private static void CheckRefusal(ConformanceContext c, CommitResult? result, StoreCommand command, int index, Type error)
    {
        if (result is not null)
        {
            var what = $"{c.Describe(command)} ({result.Error?.Message})";
            Equal(CommitStatus.CommandFailed, result.Status, what);
            Equal(index, result.Index, what);
            Equal(error, result.Error?.GetType(), what);
        }
    }

    private static async Task<List<string>> ReadAsync(ConformanceContext c, string[] names)
    {
        var lines = new List<string>();
        foreach (var name in names)
        {
            lines.Add($"{name}: {await KeyContents.ReadAsync(c.Store, c.Key(name), c.CancellationToken)}");
        }

        return lines;
    }

    private static async Task<CommitResult?> CommitAsync(ConformanceContext c, params StoreCommand[] commands)
    {
        var batch = new AtomicBatch();
        foreach (var command in commands)
        {
            batch.Add(command);
        }

        return await c.CommitAsync(batch);
    }

    private static Task GivenAsync(ConformanceContext c) => c.GivenAsync(
        Strings.Set(c.Key("string"), "value", Hour), Strings.Set(c.Key("number"), 41), Strings.Set(c.Key("max"), long.MaxValue), Strings.Set(c.Key("text"), "abc"),
        Lists.RightPush(c.Key("list"), "a", "b", "c", "b"), Lists.RightPush(c.Key("list2"), "z"),
        Sets.Add(c.Key("set"), "a", "b", "c"), Sets.Add(c.Key("set2"), "b", "d"), Keys.Expire(c.Key("set2"), Hour),
        SortedSets.Add(c.Key("sorted"), [new("a", 1), new("b", 2.5), new("inf", double.PositiveInfinity)]),
        SortedSets.Add(c.Key("sorted2"), [new("b", 0), new("x", 0)]),
        Hashes.Set(c.Key("hash"), new HashEntry("f", "v"), new HashEntry("n", 7), new HashEntry("max", long.MaxValue)), Keys.Expire(c.Key("hash"), Hour),
        Strings.Set(c.Key("bits"), new byte[] { 1, 2, 0xFF }), HyperLogLogs.Add(c.Key("hll"), "a", "b"),
        Geo.Add(c.Key("geo"), new GeoEntry("Palermo", new GeoPosition(13.361389, 38.115556)), new GeoEntry("Catania", new GeoPosition(15.087269, 37.502669))));
}
