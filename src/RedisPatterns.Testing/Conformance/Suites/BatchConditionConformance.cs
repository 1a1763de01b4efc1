using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about each kind of condition: when it holds, when not, and what it does not apply to.</summary>
public sealed class BatchConditionConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_key_exists_or_is_absent),
        new(A_key_has_a_type),
        new(A_string_equals_a_value),
        new(A_string_is_a_number_of_at_least_or_at_most),
        new(Numbers_compare_exactly),
        new(A_string_that_is_no_number_can_not_be_compared),
        new(A_hash_has_a_field),
        new(A_hash_field_equals_a_value),
        new(A_set_has_a_member),
        new(A_sorted_set_has_a_member),
        new(A_score_compares),
        new(A_cardinality_compares),
        new(An_expired_key_is_absent),
        new(Another_type_is_refused),
        new(Bad_conditions_are_refused_at_once),
    ];

    private static async Task A_key_exists_or_is_absent(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), ""), Sets.Add(c.Key("s"), "m"));
        await HoldsAsync(c, BatchCondition.Exists(c.Key("k")), BatchCondition.Exists(c.Key("s")), BatchCondition.Absent(c.Key("none")));
        await FailsAsync(c, BatchCondition.Absent(c.Key("k")), BatchCondition.Absent(c.Key("s")), BatchCondition.Exists(c.Key("none")));
    }

    private static async Task A_key_has_a_type(ConformanceContext c)
    {
        await GivenAllAsync(c);
        (string Name, DataType Type)[] types =
        [
            ("none", DataType.None), ("string", DataType.String), ("list", DataType.List), ("set", DataType.Set),
            ("sorted", DataType.SortedSet), ("hash", DataType.Hash),
        ];
        foreach (var (name, type) in types)
        {
            await HoldsAsync(c, BatchCondition.HasType(c.Key(name), type));
            await FailsAsync(c, [.. types.Where(other => other.Type != type).Select(other => BatchCondition.HasType(c.Key(name), other.Type))]);
        }
    }

    private static async Task A_string_equals_a_value(ConformanceContext c)
    {
        byte[] bytes = [0, 0xFF, 10, 13];
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"), Strings.Set(c.Key("n"), 42), Strings.Set(c.Key("e"), ""), Strings.Set(c.Key("b"), bytes));
        await HoldsAsync(
            c, BatchCondition.StringEquals(c.Key("k"), "v"), BatchCondition.StringEquals(c.Key("n"), "42"),
            BatchCondition.StringEquals(c.Key("n"), 42), BatchCondition.StringEquals(c.Key("e"), ""), BatchCondition.StringEquals(c.Key("b"), bytes));
        await FailsAsync(
            c, BatchCondition.StringEquals(c.Key("k"), "V"), BatchCondition.StringEquals(c.Key("k"), "v "), BatchCondition.StringEquals(c.Key("n"), "42.0"),
            BatchCondition.StringEquals(c.Key("none"), ""), BatchCondition.StringEquals(c.Key("e"), "0"), BatchCondition.StringEquals(c.Key("b"), bytes[..3]));
    }

    private static async Task A_string_is_a_number_of_at_least_or_at_most(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("n"), 42), Strings.Set(c.Key("d"), "41.5"), Strings.Set(c.Key("minus"), -5));
        await HoldsAsync(
            c, BatchCondition.NumberAtLeast(c.Key("n"), 42), BatchCondition.NumberAtLeast(c.Key("n"), -1), BatchCondition.NumberAtMost(c.Key("n"), 42),
            BatchCondition.NumberAtLeast(c.Key("d"), 41), BatchCondition.NumberAtMost(c.Key("d"), 42), BatchCondition.NumberAtMost(c.Key("minus"), -5),
            BatchCondition.NumberAtLeast(c.Key("none"), 0), BatchCondition.NumberAtMost(c.Key("none"), 0));
        await FailsAsync(
            c, BatchCondition.NumberAtLeast(c.Key("n"), 43), BatchCondition.NumberAtMost(c.Key("n"), 41), BatchCondition.NumberAtLeast(c.Key("d"), 42),
            BatchCondition.NumberAtMost(c.Key("d"), 41), BatchCondition.NumberAtLeast(c.Key("minus"), -4), BatchCondition.NumberAtLeast(c.Key("none"), 1),
            BatchCondition.NumberAtMost(c.Key("none"), -1));
    }

    private static async Task Numbers_compare_exactly(ConformanceContext c)
    {
        await c.GivenAsync(
            Strings.Set(c.Key("n"), 9007199254740993), Strings.Set(c.Key("max"), long.MaxValue), Strings.Set(c.Key("min"), long.MinValue),
            Strings.Set(c.Key("minus"), -9007199254740993));
        await HoldsAsync(
            c, BatchCondition.NumberAtLeast(c.Key("n"), 9007199254740993), BatchCondition.NumberAtMost(c.Key("n"), 9007199254740993),
            BatchCondition.NumberAtLeast(c.Key("max"), long.MaxValue), BatchCondition.NumberAtMost(c.Key("min"), long.MinValue),
            BatchCondition.NumberAtLeast(c.Key("max"), long.MinValue), BatchCondition.NumberAtMost(c.Key("minus"), -9007199254740993));
        await FailsAsync(
            c, BatchCondition.NumberAtLeast(c.Key("n"), 9007199254740994), BatchCondition.NumberAtMost(c.Key("n"), 9007199254740992),
            BatchCondition.NumberAtMost(c.Key("max"), long.MaxValue - 1), BatchCondition.NumberAtLeast(c.Key("min"), long.MinValue + 1),
            BatchCondition.NumberAtLeast(c.Key("minus"), -9007199254740992), BatchCondition.NumberAtMost(c.Key("minus"), -9007199254740994));
    }

    private static async Task A_string_that_is_no_number_can_not_be_compared(ConformanceContext c)
    {
        foreach (var text in (string[])["abc", "", " 1", "1x", "nan"])
        {
            await c.GivenAsync(Strings.Set(c.Key("k"), text));
            await RefusedAsync<InvalidNumberException>(c, BatchCondition.NumberAtLeast(c.Key("k"), 0), BatchCondition.NumberAtMost(c.Key("k"), 0));
        }
    }

    private static async Task A_hash_has_a_field(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), "f", ""));
        await HoldsAsync(
            c, BatchCondition.HashFieldExists(c.Key("h"), "f"), BatchCondition.HashFieldAbsent(c.Key("h"), "g"),
            BatchCondition.HashFieldAbsent(c.Key("none"), "f"));
        await FailsAsync(
            c, BatchCondition.HashFieldExists(c.Key("h"), "g"), BatchCondition.HashFieldAbsent(c.Key("h"), "f"),
            BatchCondition.HashFieldExists(c.Key("none"), "f"));
    }

    private static async Task A_hash_field_equals_a_value(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("h"), new HashEntry("f", "v"), new HashEntry("n", 7), new HashEntry("e", "")));
        await HoldsAsync(
            c, BatchCondition.HashFieldEquals(c.Key("h"), "f", "v"), BatchCondition.HashFieldEquals(c.Key("h"), "n", 7),
            BatchCondition.HashFieldEquals(c.Key("h"), "e", ""));
        await FailsAsync(
            c, BatchCondition.HashFieldEquals(c.Key("h"), "f", "w"), BatchCondition.HashFieldEquals(c.Key("h"), "g", ""),
            BatchCondition.HashFieldEquals(c.Key("none"), "f", ""), BatchCondition.HashFieldEquals(c.Key("h"), "n", "7.0"));
    }

    private static async Task A_set_has_a_member(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("s"), "m", 1));
        await HoldsAsync(
            c, BatchCondition.SetContains(c.Key("s"), "m"), BatchCondition.SetContains(c.Key("s"), "1"), BatchCondition.SetLacks(c.Key("s"), "x"),
            BatchCondition.SetLacks(c.Key("none"), "m"));
        await FailsAsync(
            c, BatchCondition.SetContains(c.Key("s"), "x"), BatchCondition.SetLacks(c.Key("s"), "m"), BatchCondition.SetContains(c.Key("none"), "m"));
    }

    private static async Task A_sorted_set_has_a_member(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), "m", 0));
        await HoldsAsync(
            c, BatchCondition.SortedSetContains(c.Key("z"), "m"), BatchCondition.SortedSetLacks(c.Key("z"), "x"), BatchCondition.SortedSetLacks(c.Key("none"), "m"));
        await FailsAsync(
            c, BatchCondition.SortedSetContains(c.Key("z"), "x"), BatchCondition.SortedSetLacks(c.Key("z"), "m"), BatchCondition.SortedSetContains(c.Key("none"), "m"));
    }

    private static async Task A_score_compares(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), new SortedSetEntry("m", 0.1), new SortedSetEntry("inf", double.PositiveInfinity)));
        (Comparison Comparison, bool Less, bool Same, bool More)[] comparisons =
        [
            (Comparison.Equal, false, true, false), (Comparison.NotEqual, true, false, true), (Comparison.Less, false, false, true),
            (Comparison.LessOrEqual, false, true, true), (Comparison.Greater, true, false, false), (Comparison.GreaterOrEqual, true, true, false),
        ];
        foreach (var (comparison, less, same, more) in comparisons)
        {
            await LooksAsync(c, BatchCondition.Score(c.Key("z"), "m", comparison, Math.BitDecrement(0.1)), less);
            await LooksAsync(c, BatchCondition.Score(c.Key("z"), "m", comparison, 0.1), same);
            await LooksAsync(c, BatchCondition.Score(c.Key("z"), "m", comparison, Math.BitIncrement(0.1)), more);
            await LooksAsync(c, BatchCondition.Score(c.Key("z"), "inf", comparison, double.PositiveInfinity), same);
            await FailsAsync(c, BatchCondition.Score(c.Key("z"), "absent", comparison, 0), BatchCondition.Score(c.Key("none"), "m", comparison, 0));
        }
    }

    private static async Task A_cardinality_compares(ConformanceContext c)
    {
        await c.GivenAsync(
            Strings.Set(c.Key("string"), "héé"), Lists.RightPush(c.Key("list"), 1, 2, 3, 4, 5), Sets.Add(c.Key("set"), 1, 2, 3, 4, 5),
            SortedSets.Add(c.Key("sorted"), [.. Enumerable.Range(0, 5).Select(i => new SortedSetEntry(i, i))]),
            Hashes.Set(c.Key("hash"), [.. Enumerable.Range(0, 5).Select(i => new HashEntry(i, i))]));
        (string Name, DataType Type)[] kinds =
            [("string", DataType.String), ("list", DataType.List), ("set", DataType.Set), ("sorted", DataType.SortedSet), ("hash", DataType.Hash)];
        foreach (var (name, type) in kinds)
        {
            foreach (var comparison in Enum.GetValues<Comparison>())
            {
                for (var count = 4; count <= 6; count++)
                {
                    await LooksAsync(c, BatchCondition.Cardinality(c.Key(name), type, comparison, count), Compare(5, comparison, count));
                }

                await LooksAsync(c, BatchCondition.Cardinality(c.Key("none"), type, comparison, 0), Compare(0, comparison, 0));
            }
        }
    }

    private static async Task An_expired_key_is_absent(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v", TimeSpan.FromMilliseconds(20)), Sets.Add(c.Key("s"), "m"), Keys.Expire(c.Key("s"), TimeSpan.FromMilliseconds(20)));
        await c.UntilAsync(async () => await c.SendAsync(Keys.Exists(c.Key("k"), c.Key("s"))) == 0, "the keys to expire");
        await HoldsAsync(c, BatchCondition.Absent(c.Key("k")), BatchCondition.SetLacks(c.Key("s"), "m"), BatchCondition.HasType(c.Key("s"), DataType.None));
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        await GivenAllAsync(c);
        (DataType Type, BatchCondition[] Conditions)[] kinds =
        [
            (DataType.String, Of(key => [BatchCondition.StringEquals(key, "v"), BatchCondition.NumberAtLeast(key, 0), BatchCondition.NumberAtMost(key, 0)])),
            (DataType.Hash, Of(key => [BatchCondition.HashFieldEquals(key, "f", "v"), BatchCondition.HashFieldExists(key, "f"), BatchCondition.HashFieldAbsent(key, "f")])),
            (DataType.Set, Of(key => [BatchCondition.SetContains(key, "m"), BatchCondition.SetLacks(key, "m")])),
            (DataType.SortedSet, Of(key =>
                [BatchCondition.SortedSetContains(key, "m"), BatchCondition.SortedSetLacks(key, "m"), BatchCondition.Score(key, "m", Comparison.Equal, 1)])),
            (DataType.List, []),
        ];
        foreach (var (type, conditions) in kinds)
        {
            foreach (var (name, held) in Held)
            {
                if (held != type)
                {
                    await RefusedAsync<WrongTypeException>(c, [.. conditions.Select(condition => condition.WithKey(_ => c.Key(name)))]);
                    await RefusedAsync<WrongTypeException>(c, BatchCondition.Cardinality(c.Key(name), type, Comparison.GreaterOrEqual, 0));
                }
            }
        }
    }

    private static async Task Bad_conditions_are_refused_at_once(ConformanceContext c)
    {
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(BatchCondition.Exists(default)));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(BatchCondition.StringEquals(c.Key("k"), StoreValue.Null)));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(BatchCondition.SetContains(c.Key("k"), StoreValue.Null)));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(BatchCondition.Score(c.Key("k"), "m", Comparison.Equal, double.NaN)));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(BatchCondition.Cardinality(c.Key("k"), DataType.None, Comparison.Equal, 1)));
    }

    private static (string Name, DataType Type)[] Held { get; } =
        [("string", DataType.String), ("list", DataType.List), ("set", DataType.Set), ("sorted", DataType.SortedSet), ("hash", DataType.Hash)];

    private static BatchCondition[] Of(Func<StoreKey, BatchCondition[]> conditions) => conditions("any");

    private static bool Compare(long left, Comparison comparison, long right) => comparison switch
    {
        Comparison.Equal => left == right,
        Comparison.NotEqual => left != right,
        Comparison.Less => left < right,
        Comparison.LessOrEqual => left <= right,
        Comparison.Greater => left > right,
        _ => left >= right,
    };

    private static Task GivenAllAsync(ConformanceContext c) => c.GivenAsync(
        Strings.Set(c.Key("string"), "v"), Lists.RightPush(c.Key("list"), "e"), Sets.Add(c.Key("set"), "m"),
        SortedSets.Add(c.Key("sorted"), "m", 1), Hashes.Set(c.Key("hash"), "f", "v"));

    private static async Task HoldsAsync(ConformanceContext c, params BatchCondition[] conditions)
    {
        foreach (var condition in conditions)
        {
            await LooksAsync(c, condition, true);
        }
    }

    private static async Task FailsAsync(ConformanceContext c, params BatchCondition[] conditions)
    {
        foreach (var condition in conditions)
        {
            await LooksAsync(c, condition, false);
        }
    }

    private static async Task LooksAsync(ConformanceContext c, BatchCondition condition, bool holds)
    {
        var result = await CommitAsync(c, condition);
        Equal(holds ? CommitStatus.Committed : CommitStatus.ConditionFailed, result.Status, $"{c.Backend}: {condition} {condition.Comparison} {condition.Operand} {result.Error?.Message}");
        Equal(null, result.Error);
        await c.Expect(Keys.Delete(c.Key("written"))).AnswersAsync(holds);
    }

    private static async Task RefusedAsync<TException>(ConformanceContext c, params BatchCondition[] conditions)
        where TException : StoreException
    {
        foreach (var condition in conditions)
        {
            var result = await CommitAsync(c, condition);
            Equal(CommitStatus.ConditionFailed, result.Status, $"{c.Backend}: {condition} {condition.Type}");
            Equal(0, result.Index);
            True(result.Error is TException, $"{c.Backend}: {condition} {condition.Type}: {result.Error?.GetType().Name ?? "no error"} is {typeof(TException).Name}");
            await c.Expect(Keys.Delete(c.Key("written"))).AnswersAsync(false);
        }
    }

    private static async Task<CommitResult> CommitAsync(ConformanceContext c, BatchCondition condition)
    {
        var batch = new AtomicBatch().When(condition);
        batch.Add(Strings.Set(c.Key("written"), "v"));
        return await c.Store.CommitAsync(batch, c.CancellationToken);
    }
}
