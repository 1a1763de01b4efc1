using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What a store with <see cref="StoreFeatures.OrderedKeys"/> promises about ranges of keys.</summary>
public sealed class OrderedKeyConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.OrderedKeys;
    private const int Everything = 100_000;

    // In the order of their bytes, which is not that of UTF-16: a surrogate comes before U+FF5E there.
    private static readonly string[] Ordered = ["", "\0", "!", "a", "a\0", "a!", "aa", "ab", "b", "z", "\u00E9", "\uFF5E", "\uFFFD", "\U0001F600", "\U0001F601"];

    private static readonly AtomicScript<long> Prune = new(
        "prune",
        """
        local pairs = redis.call('KEYRANGE', KEYS[1], KEYS[2], 2)
        for i = 1, #pairs, 2 do redis.call('DEL', pairs[i]) end
        return #redis.call('KEYRANGE', KEYS[1], KEYS[2], 100) / 2
        """,
        Replies.Int64,
        twin: context =>
        {
            foreach (var (key, _) in context.Call(Keys.Range(context.Keys[0], context.Keys[1], 2)))
            {
                context.Call(Keys.Delete(key));
            }

            return StoreReply.Integer(context.Call(Keys.Range(context.Keys[0], context.Keys[1], 100)).Length);
        });

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Keys_come_in_the_order_of_their_bytes_with_their_values, Needed),
        new(Keys_of_text_and_of_bytes_are_in_one_order, Needed),
        new(A_range_begins_with_its_first_key_and_ends_before_its_last, Needed),
        new(No_more_come_than_asked_for, Needed),
        new(A_range_is_gone_through_in_pages, Needed),
        new(A_range_without_keys_is_empty, Needed),
        new(Deleted_keys_are_gone_and_come_back_where_they_were, Needed),
        new(Expired_keys_are_gone, Needed),
        new(A_key_lies_where_its_name_says, Needed),
        new(Values_are_those_of_now, Needed),
        new(Another_type_in_the_range_is_refused, Needed),
        new(Bounds_of_several_slots_are_refused, Needed),
        new(A_batch_sees_what_it_has_written, Needed),
        new(What_is_taken_back_leaves_the_order_as_it_was, Needed),
        new(A_script_reads_ranges, Needed | StoreFeatures.Scripts),
        new(A_part_of_a_store_has_ranges_of_its_own, Needed),
        new(A_range_is_of_one_moment, Needed),
    ];

    private static async Task Keys_come_in_the_order_of_their_bytes_with_their_values(ConformanceContext c)
    {
        string[] names = [.. Ordered];
        new Random(7).Shuffle(names);
        await c.GivenAsync([.. names.Select(name => Strings.Set(c.Key(name), Value(name)))]);
        await c.Expect(All(c)).AnswersAsync(Entries(c, Ordered));
        await c.Expect(All(c, descending: true)).AnswersAsync([.. Entries(c, Ordered).Reverse()]);
    }

    private static async Task Keys_of_text_and_of_bytes_are_in_one_order(ConformanceContext c)
    {
        StoreKey[] keys = [Bytes(c, 0), Bytes(c, 1, 0xFF), c.Key("a"), Bytes(c, (byte)'a', 0), c.Key("ab"), Bytes(c, (byte)'b'), c.Key("\u00E9"), Bytes(c, 0xC4), c.Key("\U0001F600"), Bytes(c, 0xFF), Bytes(c, 0xFF, 0xFF)];
        await GivenAsync(c, "before");
        await c.Expect(Keys.Range(c.Key("before"), c.Key("before\0"), Everything)).AnswersAsync(Entries(c, "before"));
        await c.GivenAsync([Keys.Delete(c.Key("before")), .. keys.Reverse().Select(key => Strings.Set(key, "v"))]);
        await c.Expect(All(c)).AnswersAsync([.. keys.Select(key => new KeyEntry(key, "v"))]);
        await c.Expect(Keys.Range(keys[3], keys[^2], Everything)).AnswersAsync([.. keys[3..^2].Select(key => new KeyEntry(key, "v"))]);
        await c.Expect(Keys.Range(keys[3].ToArray(), keys[^2].ToArray(), Everything)).AnswersAsync([.. keys[3..^2].Select(key => new KeyEntry(key, "v"))]);
    }

    private static async Task A_range_begins_with_its_first_key_and_ends_before_its_last(ConformanceContext c)
    {
        await GivenAsync(c, Ordered);
        for (var first = 0; first < Ordered.Length; first++)
        {
            for (var last = 0; last < Ordered.Length; last++)
            {
                var expected = first < last ? Entries(c, Ordered[first..last]) : [];
                await c.Expect(Keys.Range(c.Key(Ordered[first]), c.Key(Ordered[last]), Everything)).AnswersAsync(expected);
                await c.Expect(Keys.Range(c.Key(Ordered[first]), c.Key(Ordered[last]), Everything, descending: true)).AnswersAsync([.. expected.Reverse()]);
            }
        }

        // Bounds that are no keys.
        await c.Expect(Keys.Range(c.Key("a\u0001"), c.Key("aaa"), Everything)).AnswersAsync(Entries(c, "a!", "aa"));
    }

    private static async Task No_more_come_than_asked_for(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "c", "d", "e");
        await c.Expect(Keys.Range(c.Key("b"), End(c), 1)).AnswersAsync(Entries(c, "b"));
        await c.Expect(Keys.Range(c.Key("b"), End(c), 3)).AnswersAsync(Entries(c, "b", "c", "d"));
        await c.Expect(Keys.Range(c.Key("b"), End(c), 4)).AnswersAsync(Entries(c, "b", "c", "d", "e"));
        await c.Expect(Keys.Range(c.Key("a"), c.Key("e"), 1, descending: true)).AnswersAsync(Entries(c, "d"));
        await c.Expect(Keys.Range(c.Key("a"), c.Key("e"), 3, descending: true)).AnswersAsync(Entries(c, "d", "c", "b"));
    }

    private static async Task A_range_is_gone_through_in_pages(ConformanceContext c)
    {
        string[] names = [.. Enumerable.Range(10_000, 3_000).Select(i => $"{i}")];
        await GivenAsync(c, names);
        await c.Expect(All(c)).AnswersAsync(Entries(c, names));
        await c.Expect(All(c, descending: true)).AnswersAsync([.. Entries(c, names).Reverse()]);
        var (up, down) = (new List<KeyEntry>(), new List<KeyEntry>());
        for (var from = c.Key(""); await c.SendAsync(Keys.Range(from, End(c), 700)) is { Length: > 0 } page; from = $"{page[^1].Key}\0")
        {
            up.AddRange(page);
        }

        for (var to = End(c); await c.SendAsync(Keys.Range(c.Key(""), to, 700, descending: true)) is { Length: > 0 } page; to = page[^1].Key)
        {
            down.AddRange(page);
        }

        Equal(Entries(c, names), up.ToArray(), "pages upwards");
        Equal([.. Entries(c, names).Reverse()], down.ToArray(), "pages downwards");
    }

    private static async Task A_range_without_keys_is_empty(ConformanceContext c)
    {
        await c.Expect(All(c)).AnswersAsync([]);
        await GivenAsync(c, "a", "m");
        await c.Expect(Keys.Range(c.Key("b"), c.Key("m"), Everything)).AnswersAsync([]);
        await c.Expect(Keys.Range(c.Key("b"), c.Key("m"), Everything, descending: true)).AnswersAsync([]);
        await c.Expect(Keys.Range(c.Key("a"), c.Key("a"), Everything)).AnswersAsync([]);
        await c.Expect(Keys.Range(c.Key("m"), c.Key("a"), Everything)).AnswersAsync([]);
        await c.Expect(Keys.Range(c.Key("m"), c.Key("a"), Everything, descending: true)).AnswersAsync([]);
    }

    private static async Task Deleted_keys_are_gone_and_come_back_where_they_were(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "c", "d", "e");
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a", "b", "c", "d", "e"));
        await c.GivenAsync(Keys.Delete(c.Key("b")), Keys.Unlink(c.Key("c")), Strings.GetAndDelete(c.Key("e")));
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a", "d"));
        await GivenAsync(c, "c");
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a", "c", "d"));
    }

    private static async Task Expired_keys_are_gone(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "c", "d", "e");
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a", "b", "c", "d", "e"));
        var soon = TimeSpan.FromMilliseconds(20);
        await c.GivenAsync(Keys.Expire(c.Key("a"), soon), Keys.Expire(c.Key("c"), soon), Keys.Expire(c.Key("d"), soon));
        await c.UntilAsync(async () => (await c.SendAsync(All(c))).Length == 2, "keys to expire");
        await c.Expect(Keys.Range(c.Key(""), End(c), 1)).AnswersAsync(Entries(c, "b"));
        await c.Expect(All(c, descending: true)).AnswersAsync(Entries(c, "e", "b"));
        await GivenAsync(c, "c");
        await c.Expect(All(c)).AnswersAsync(Entries(c, "b", "c", "e"));
    }

    private static async Task A_key_lies_where_its_name_says(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "c");
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a", "b", "c"));
        await c.GivenAsync(Keys.Rename(c.Key("a"), c.Key("x")), Keys.Rename(c.Key("b"), c.Key("c")), Keys.Copy(c.Key("x"), c.Key("aa")));
        await c.Expect(All(c)).AnswersAsync([new(c.Key("aa"), Value("a")), new(c.Key("c"), Value("b")), new(c.Key("x"), Value("a"))]);
    }

    private static async Task Values_are_those_of_now(ConformanceContext c)
    {
        await GivenAsync(c, "a");
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a"));
        await c.GivenAsync(
            Strings.Append(c.Key("a"), "+"), Strings.Increment(c.Key("n"), 7), Strings.Set(c.Key("e"), ""), Bits.Set(c.Key("o"), 7, true), Strings.Set(c.Key("z"), new byte[] { 0, 255 }));
        await c.Expect(All(c)).AnswersAsync(
            [new(c.Key("a"), $"{Value("a")}+"), new(c.Key("e"), ""), new(c.Key("n"), 7), new(c.Key("o"), new byte[] { 1 }), new(c.Key("z"), new byte[] { 0, 255 })]);
    }

    private static async Task Another_type_in_the_range_is_refused(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "d");
        await c.GivenAsync(Lists.RightPush(c.Key("c"), "e"));
        await c.Expect(All(c)).FailsAsync<WrongTypeException>();
        await c.Expect(Keys.Range(c.Key("a"), End(c), 3)).FailsAsync<WrongTypeException>();

        // It is not one of those that would come.
        await c.Expect(Keys.Range(c.Key("a"), End(c), 2)).AnswersAsync(Entries(c, "a", "b"));
        await c.Expect(Keys.Range(c.Key("a"), c.Key("c"), Everything)).AnswersAsync(Entries(c, "a", "b"));
        await c.Expect(Keys.Range(c.Key("c"), End(c), 1, descending: true)).AnswersAsync(Entries(c, "d"));
        await c.GivenAsync(Lists.RightPop(c.Key("c")));
        await c.Expect(All(c)).AnswersAsync(Entries(c, "a", "b", "d"));
    }

    private static async Task Bounds_of_several_slots_are_refused(ConformanceContext c)
    {
        await GivenAsync(c, "a");
        await c.Expect(Keys.Range(c.Key("a"), c.KeyOfAnotherSlot("b"), 1)).FailsAsync<CrossSlotException>();
        await c.Expect(Keys.Range(c.KeyOfAnotherSlot("b"), c.Key("a"), 1)).FailsAsync<CrossSlotException>();
    }

    private static async Task A_batch_sees_what_it_has_written(ConformanceContext c)
    {
        await GivenAsync(c, "a", "c");
        for (var i = 0; i < 2; i++)
        {
            var batch = new AtomicBatch().RememberAs($"{{{c.Tag}}}.once", TimeSpan.FromHours(1));
            batch.Add(Strings.Set(c.Key("b"), Value("b")));
            batch.Add(Keys.Delete(c.Key("a")));
            var read = batch.Add(All(c));
            batch.Add(Keys.Delete(c.Key("b")));
            var after = batch.Add(All(c));
            Equal(i == 0 ? CommitStatus.Committed : CommitStatus.Replayed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
            Equal(Entries(c, "b", "c"), read.Value);
            Equal(Entries(c, "c"), after.Value);
        }
    }

    private static async Task What_is_taken_back_leaves_the_order_as_it_was(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "c", "d");
        await c.GivenAsync(Keys.Expire(c.Key("d"), TimeSpan.FromHours(1)), Lists.RightPush($"{{{c.Tag}}}.list", "e"));
        var before = Entries(c, "a", "b", "c", "d");
        await c.Expect(All(c)).AnswersAsync(before);
        StoreCommand[][] writes =
        [
            [Strings.Set(c.Key("new"), "v")],
            [Strings.Set(c.Key("new"), "v"), Keys.Delete(c.Key("new"))],
            [Keys.Delete(c.Key("a"), c.Key("d"))],
            [Keys.Delete(c.Key("b")), Strings.Set(c.Key("b"), "other")],
            [Keys.Rename(c.Key("a"), c.Key("x")), Keys.Rename(c.Key("x"), c.Key("b")), Keys.Rename(c.Key("b"), c.Key("y"))],
            [Keys.Copy(c.Key("a"), c.Key("x")), Keys.Copy(c.Key("b"), c.Key("d"), replace: true)],
            [Keys.ExpireAt(c.Key("c"), DateTimeOffset.FromUnixTimeSeconds(1))],
            [Strings.Set(c.Key("new"), "v", TimeSpan.FromHours(1)), Sets.Add(c.Key("set"), "m"), Strings.Append(c.Key("c"), "+")],
        ];
        foreach (var commands in writes)
        {
            var batch = new AtomicBatch();
            foreach (var command in commands)
            {
                batch.Add(command);
            }

            batch.Add(Strings.Increment($"{{{c.Tag}}}.list"));
            Equal(CommitStatus.CommandFailed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
            await c.Expect(All(c)).AnswersAsync(before);
            await c.Expect(All(c, descending: true)).AnswersAsync([.. before.Reverse()]);
        }
    }

    private static async Task A_script_reads_ranges(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b", "c", "d", "e");
        Equal(3, await c.Store.EvaluateAsync(Prune.With([c.Key(""), End(c)], []), c.CancellationToken));
        await c.Expect(All(c)).AnswersAsync(Entries(c, "c", "d", "e"));
    }

    private static async Task A_part_of_a_store_has_ranges_of_its_own(ConformanceContext c)
    {
        await using var part = new PrefixedKeyValueStore(c.Store, "m:", ownsInner: false);
        StoreKey[] outside = ["a", $"m{c.Key("b")}", $"m:!{c.Key("b")}", $"l:{c.Key("b")}", $"n:{c.Key("b")}"];
        await c.GivenAsync([.. outside.Select(key => Sets.Add(key, "m"))]);
        foreach (var name in Ordered)
        {
            await part.SetAsync(c.Key(name), Value(name), c.CancellationToken);
        }

        Equal(Entries(c, Ordered), await part.KeyRangeAsync(c.Key(""), End(c), Everything, cancellationToken: c.CancellationToken));
        Equal(
            Entries(c, "ab", "aa", "a!"),
            await part.KeyRangeAsync(c.Key("a!"), c.Key("b"), Everything, descending: true, c.CancellationToken));
        var batch = new AtomicBatch();
        var read = batch.Add(Keys.Range(c.Key("a"), c.Key("a!"), Everything));
        await part.CommitAsync(batch, c.CancellationToken);
        Equal(Entries(c, "a", "a\0"), read.Value);
        await c.Expect(All(c)).AnswersAsync([]);
        await c.GivenAsync([.. outside.Select(key => Keys.Delete(key)), .. Ordered.Select(name => Keys.Delete($"m:{c.Key(name)}"))]);
    }

    private static async Task A_range_is_of_one_moment(ConformanceContext c)
    {
        const int Workers = 8;
        const int Rounds = 60;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(worker % 2 == 0 ? () => WriteAsync(worker) : ReadAsync, c.CancellationToken)));
        await c.Expect(All(c)).AnswersAsync([]);

        // Two keys that come and go together, far from each other.
        async Task WriteAsync(int worker)
        {
            for (var i = 0; i < Rounds; i++)
            {
                var batch = new AtomicBatch();
                foreach (var end in (string[])["a", "z"])
                {
                    batch.Add(i % 2 == 0 ? Strings.Set(c.Key($"{end}{worker}"), i) : Keys.Delete(c.Key($"{end}{worker}")));
                }

                await c.Store.CommitAsync(batch, c.CancellationToken);
            }
        }

        async Task ReadAsync()
        {
            for (var i = 0; i < Rounds; i++)
            {
                var seen = await c.Store.SendAsync(All(c, descending: i % 2 == 0), c.CancellationToken);
                string[] names = [.. seen.Select(entry => entry.Key.ToString())];
                Equal(names.Order(StringComparer.Ordinal).ToArray(), i % 2 == 0 ? names.Reverse().ToArray() : names, "the order");
                var ends = seen.ToLookup(entry => entry.Key.ToString()[^1], entry => entry.Value);
                True(ends.All(pair => pair.Count() == 2 && pair.Distinct().Count() == 1), "both of a pair, or none");
            }
        }
    }

    private static StoreCommand<KeyEntry[]> All(ConformanceContext c, bool descending = false) => Keys.Range(c.Key(""), End(c), Everything, descending);

    // Behind every key of the test whose name begins as c.Key does.
    private static StoreKey End(ConformanceContext c) => $"{{{c.Tag}}};";

    private static StoreKey Bytes(ConformanceContext c, params byte[] name) => (byte[])[.. c.Key("").ToArray(), .. name];

    private static string Value(string name) => $"value of {name}";

    private static KeyEntry[] Entries(ConformanceContext c, params string[] names) => [.. names.Select(name => new KeyEntry(c.Key(name), Value(name)))];

    private static Task GivenAsync(ConformanceContext c, params string[] names) => c.GivenAsync([.. names.Select(name => Strings.Set(c.Key(name), Value(name)))]);
}
