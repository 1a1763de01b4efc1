using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about hashes.</summary>
public sealed class HashConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_field_is_read_as_it_was_set),
        new(An_absent_hash_is_empty),
        new(Several_fields_are_set_and_read_in_order),
        new(Set_if_absent_spares_what_is_there),
        new(Deleting_the_last_field_deletes_the_hash),
        new(Fields_values_and_entries_are_listed),
        new(Increment_adds_and_counts_absent_as_zero),
        new(Increment_is_exact_in_the_whole_range),
        new(Increment_refuses_what_is_no_integer_and_overflows),
        new(Increment_float_adds_and_refuses_what_is_no_number),
        new(Lengths_count_bytes),
        new(Random_fields_come_from_the_hash),
        new(A_scan_sees_every_field),
        new(A_large_hash_behaves_as_a_small_one),
        new(Another_type_is_refused),
    ];

    private static async Task A_field_is_read_as_it_was_set(ConformanceContext c)
    {
        await c.Expect(Hashes.Set(c.Key("h"), "f", "v")).AnswersAsync(true);
        await c.Expect(Hashes.Set(c.Key("h"), "f", "w")).AnswersAsync(false);
        await c.Expect(Hashes.Get(c.Key("h"), "f")).AnswersAsync("w");
        await c.Expect(Hashes.Exists(c.Key("h"), "f")).AnswersAsync(true);
        await c.Expect(Hashes.Exists(c.Key("h"), "g")).AnswersAsync(false);
        await c.Expect(Hashes.Get(c.Key("h"), "g")).AnswersAsync(StoreValue.Null);
        await c.Expect(Hashes.Set(c.Key("h"), "", "")).AnswersAsync(true);
        await c.Expect(Hashes.Get(c.Key("h"), "")).AnswersAsync("");
    }

    private static async Task An_absent_hash_is_empty(ConformanceContext c)
    {
        var h = c.Key("h");
        await c.Expect(Hashes.Get(h, "f")).AnswersAsync(StoreValue.Null);
        await c.Expect(Hashes.GetMany(h, "f", "g")).AnswersAsync([StoreValue.Null, StoreValue.Null]);
        await c.Expect(Hashes.GetAll(h)).AnswersAsync([]);
        await c.Expect(Hashes.Fields(h)).AnswersAsync([]);
        await c.Expect(Hashes.Values(h)).AnswersAsync([]);
        await c.Expect(Hashes.Length(h)).AnswersAsync(0);
        await c.Expect(Hashes.ValueLength(h, "f")).AnswersAsync(0);
        await c.Expect(Hashes.Exists(h, "f")).AnswersAsync(false);
        await c.Expect(Hashes.Delete(h, "f")).AnswersAsync(false);
        await c.Expect(Hashes.RandomField(h)).AnswersAsync(StoreValue.Null);
        await c.Expect(Hashes.RandomFields(h, 2)).AnswersAsync([]);
        await c.Expect(Hashes.RandomEntries(h, -2)).AnswersAsync([]);
        await c.Expect(Hashes.Scan(h)).AnswersAsync(page => page is { IsLast: true, Items.Count: 0 }, "an empty last page");
    }

    private static async Task Several_fields_are_set_and_read_in_order(ConformanceContext c)
    {
        await c.Expect(Hashes.Set(c.Key("h"), new HashEntry("a", 1), new HashEntry("b", 2), new HashEntry("a", 3))).AnswersAsync(2);
        await c.Expect(Hashes.Set(c.Key("h"), new HashEntry("b", 4), new HashEntry("c", 5))).AnswersAsync(1);
        await c.Expect(Hashes.GetMany(c.Key("h"), "c", "none", "a", "b", "c")).AnswersAsync([5, StoreValue.Null, 3, 4, 5]);
        await c.Expect(Hashes.GetMany(c.Key("h"), "none")).AnswersAsync([StoreValue.Null]);
    }

    private static async Task Set_if_absent_spares_what_is_there(ConformanceContext c)
    {
        await c.Expect(Hashes.SetIfAbsent(c.Key("h"), "f", "v")).AnswersAsync(true);
        await c.Expect(Hashes.SetIfAbsent(c.Key("h"), "f", "w")).AnswersAsync(false);
        await c.Expect(Hashes.Get(c.Key("h"), "f")).AnswersAsync("v");
    }

    private static async Task Deleting_the_last_field_deletes_the_hash(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), new HashEntry("a", 1), new HashEntry("b", 2), new HashEntry("c", 3)));
        await c.Expect(Hashes.Delete(c.Key("h"), "a")).AnswersAsync(true);
        await c.Expect(Hashes.Delete(c.Key("h"), "a")).AnswersAsync(false);
        await c.Expect(Keys.Exists(c.Key("h"))).AnswersAsync(true);
        await c.Expect(Hashes.Delete(c.Key("h"), "a", "b", "c", "c")).AnswersAsync(2);
        await c.Expect(Keys.Exists(c.Key("h"))).AnswersAsync(false);
    }

    private static async Task Fields_values_and_entries_are_listed(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), new HashEntry("a", 1), new HashEntry("b", 2)));
        await c.Expect(Hashes.Fields(c.Key("h"))).AnswersInAnyOrderAsync("a", "b");
        await c.Expect(Hashes.Values(c.Key("h"))).AnswersInAnyOrderAsync(1, 2);
        await c.Expect(Hashes.GetAll(c.Key("h"))).AnswersInAnyOrderAsync(new HashEntry("a", 1), new HashEntry("b", 2));
        await c.Expect(Hashes.Length(c.Key("h"))).AnswersAsync(2);
    }

    private static async Task Increment_adds_and_counts_absent_as_zero(ConformanceContext c)
    {
        await c.Expect(Hashes.Increment(c.Key("h"), "f")).AnswersAsync(1);
        await c.Expect(Hashes.Increment(c.Key("h"), "f", -43)).AnswersAsync(-42);
        await c.Expect(Hashes.Get(c.Key("h"), "f")).AnswersAsync("-42");
    }

    private static async Task Increment_is_exact_in_the_whole_range(ConformanceContext c)
    {
        await c.Expect(Hashes.Increment(c.Key("h"), "f", 9007199254740993)).AnswersAsync(9007199254740993);
        await c.Expect(Hashes.Increment(c.Key("h"), "max", long.MaxValue)).AnswersAsync(long.MaxValue);
        await c.Expect(Hashes.Increment(c.Key("h"), "min", long.MinValue)).AnswersAsync(long.MinValue);
    }

    private static async Task Increment_refuses_what_is_no_integer_and_overflows(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), new HashEntry("text", "abc"), new HashEntry("real", "1.5"), new HashEntry("max", long.MaxValue)));
        await c.Expect(Hashes.Increment(c.Key("h"), "text")).FailsAsync<InvalidNumberException>();
        await c.Expect(Hashes.Increment(c.Key("h"), "real")).FailsAsync<InvalidNumberException>();
        await c.Expect(Hashes.Increment(c.Key("h"), "max")).FailsAsync<NumberOverflowException>();
        await c.Expect(Hashes.GetMany(c.Key("h"), "text", "real", "max")).AnswersAsync(["abc", "1.5", long.MaxValue]);
    }

    private static async Task Increment_float_adds_and_refuses_what_is_no_number(ConformanceContext c)
    {
        await c.Expect(Hashes.IncrementFloat(c.Key("h"), "f", 10.5)).AnswersAsync(10.5);
        await c.Expect(Hashes.IncrementFloat(c.Key("h"), "f", 0.1)).AnswersAsync(10.6);
        await c.Expect(Hashes.Get(c.Key("h"), "f")).AnswersAsync("10.6");
        await c.GivenAsync(Hashes.Set(c.Key("h"), "text", "abc"));
        await c.Expect(Hashes.IncrementFloat(c.Key("h"), "text", 1)).FailsAsync<InvalidNumberException>();
    }

    private static async Task Lengths_count_bytes(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), "f", "héllo"));
        await c.Expect(Hashes.ValueLength(c.Key("h"), "f")).AnswersAsync(6);
        await c.Expect(Hashes.ValueLength(c.Key("h"), "g")).AnswersAsync(0);
    }

    private static async Task Random_fields_come_from_the_hash(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), new HashEntry("a", 1), new HashEntry("b", 2), new HashEntry("c", 3)));
        await c.Expect(Hashes.RandomField(c.Key("h"))).AnswersAsync(field => field == "a" || field == "b" || field == "c", "one of the fields");
        await c.Expect(Hashes.RandomFields(c.Key("h"), 10)).AnswersInAnyOrderAsync("a", "b", "c");
        await c.Expect(Hashes.RandomFields(c.Key("h"), 2)).AnswersAsync(fields => fields.Distinct().Count() == 2, "two different fields");
        await c.Expect(Hashes.RandomFields(c.Key("h"), -10)).AnswersAsync(fields => fields.Length == 10, "ten fields");
        await c.Expect(Hashes.RandomFields(c.Key("h"), 0)).AnswersAsync([]);
        await c.Expect(Hashes.RandomEntries(c.Key("h"), 3)).AnswersInAnyOrderAsync(new HashEntry("a", 1), new HashEntry("b", 2), new HashEntry("c", 3));
    }

    private static async Task A_scan_sees_every_field(ConformanceContext c)
    {
        var entries = Enumerable.Range(0, 1000).Select(i => new HashEntry($"f{i}", i)).ToArray();
        await c.GivenAsync(Hashes.Set(c.Key("h"), entries));
        var seen = new Dictionary<StoreValue, StoreValue>();
        ulong cursor = 0;
        do
        {
            var page = await c.SendAsync(Hashes.Scan(c.Key("h"), cursor, count: 50));
            foreach (var entry in page.Items)
            {
                seen[entry.Field] = entry.Value;
            }

            cursor = page.Cursor;
        }
        while (cursor != 0);
        EqualInAnyOrder(entries, seen.Select(pair => new HashEntry(pair.Key, pair.Value)));

        var matches = new HashSet<StoreValue>();
        do
        {
            var page = await c.SendAsync(Hashes.Scan(c.Key("h"), cursor, "f99?", 500));
            matches.UnionWith(page.Items.Select(entry => entry.Field));
            cursor = page.Cursor;
        }
        while (cursor != 0);
        EqualInAnyOrder(Enumerable.Range(990, 10).Select(i => (StoreValue)$"f{i}"), matches);
    }

    private static async Task A_large_hash_behaves_as_a_small_one(ConformanceContext c)
    {
        var entries = Enumerable.Range(0, 2000).Select(i => new HashEntry($"f{i}", i)).ToArray();
        await c.Expect(Hashes.Set(c.Key("h"), entries)).AnswersAsync(2000);
        await c.Expect(Hashes.GetAll(c.Key("h"))).AnswersInAnyOrderAsync(entries);
        await c.Expect(Hashes.Delete(c.Key("h"), [.. entries.Take(1999).Select(entry => entry.Field)])).AnswersAsync(1999);
        await c.Expect(Hashes.GetAll(c.Key("h"))).AnswersAsync([entries[1999]]);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Hashes.Get(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.GetMany(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.GetAll(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Set(k, "f", "v")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.SetIfAbsent(k, "f", "v")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Delete(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Exists(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Fields(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Values(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Length(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.ValueLength(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Increment(k, "f")).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.IncrementFloat(k, "f", 1)).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.RandomField(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Hashes.Scan(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Get(k)).AnswersAsync("v");
    }
}
