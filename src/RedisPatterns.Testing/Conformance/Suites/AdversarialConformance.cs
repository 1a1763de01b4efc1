using System.Text;
using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about names and values that are meant to break it: bytes stay bytes, everywhere.</summary>
public sealed class AdversarialConformance : ConformanceSuite
{
    private static readonly StoreValue[] Values = CreateValues();

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Strings_keep_their_bytes),
        new(Keys_keep_their_bytes_and_do_not_collide),
        new(Keys_with_odd_braces_are_keys),
        new(The_empty_key_is_a_key),
        new(Hash_fields_and_values_keep_their_bytes),
        new(Members_keep_their_bytes),
        new(Elements_keep_their_bytes),
        new(Stream_fields_keep_their_bytes, StoreFeatures.Streams),
        new(Conditions_compare_bytes),
        new(Text_and_bytes_are_the_same_key),
        new(Values_of_a_megabyte_pass),
        new(A_lone_surrogate_is_refused_at_once),
    ];

    private static async Task Strings_keep_their_bytes(ConformanceContext c)
    {
        foreach (var value in Values)
        {
            await c.Expect(Strings.Set(c.Key("k"), value)).AnswersAsync(true);
            await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(value);
            await c.Expect(Strings.Length(c.Key("k"))).AnswersAsync(value.GetByteCount());
        }
    }

    private static async Task Keys_keep_their_bytes_and_do_not_collide(ConformanceContext c)
    {
        var keys = Values.Select(value => (StoreKey)(byte[])[.. c.Key("").ToArray(), .. value.AsMemory().Span]).ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            await c.Expect(Strings.Set(keys[i], i, Expiry.None, SetWhen.KeyAbsent)).AnswersAsync(true);
        }

        await c.Expect(Strings.GetMany(keys)).AnswersAsync([.. Enumerable.Range(0, keys.Length).Select(i => (StoreValue)i)]);
        await c.Expect(Keys.Delete(keys)).AnswersAsync(keys.Length);
    }

    private static async Task Keys_with_odd_braces_are_keys(ConformanceContext c)
    {
        foreach (var name in (string[])["{", "}", "{}", "}{", "{}{a}", "{{a}}", "a{b", "{a}{b}", "{a", "a}"])
        {
            foreach (var key in (StoreKey[])[name + c.Tag, c.Tag + name])
            {
                await c.Expect(Strings.Set(key, name)).AnswersAsync(true);
                await c.Expect(Strings.Get(key)).AnswersAsync(name);
                await c.Expect(Keys.Delete(key)).AnswersAsync(true);
            }
        }
    }

    private static async Task The_empty_key_is_a_key(ConformanceContext c)
    {
        // Other tests of a shared server may use it at the same time, so nothing is said of what it holds.
        await c.Expect(Strings.Set("", "v")).AnswersAsync(true);
        await c.Expect(Keys.Delete((StoreKey)"")).AnswersAsync(_ => true, "an answer");
    }

    private static async Task Hash_fields_and_values_keep_their_bytes(ConformanceContext c)
    {
        HashEntry[] entries = [.. Values.Select((value, i) => new HashEntry(value, Values[^(i + 1)]))];
        await c.Expect(Hashes.Set(c.Key("h"), entries)).AnswersAsync(entries.Length);
        await c.Expect(Hashes.GetAll(c.Key("h"))).AnswersInAnyOrderAsync(entries);
        await c.Expect(Hashes.GetMany(c.Key("h"), Values)).AnswersAsync([.. entries.Select(entry => entry.Value)]);
        await c.Expect(Hashes.Delete(c.Key("h"), Values)).AnswersAsync(entries.Length);
    }

    private static async Task Members_keep_their_bytes(ConformanceContext c)
    {
        await c.Expect(Sets.Add(c.Key("s"), Values)).AnswersAsync(Values.Length);
        await c.Expect(Sets.Members(c.Key("s"))).AnswersInAnyOrderAsync(Values);
        await c.Expect(SortedSets.Add(c.Key("z"), [.. Values.Select(value => new SortedSetEntry(value, 0))])).AnswersAsync(Values.Length);
        var ordered = Values.OrderBy(value => value.AsMemory().ToArray(), Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))).ToArray();
        await c.Expect(SortedSets.Range(c.Key("z"), RankRange.All)).AnswersAsync(ordered);
        await c.Expect(SortedSets.RangeByLex(c.Key("z"), LexRange.Between(ordered[3], ordered[6]))).AnswersAsync(ordered[3..7]);
    }

    private static async Task Elements_keep_their_bytes(ConformanceContext c)
    {
        await c.Expect(Lists.RightPush(c.Key("l"), Values)).AnswersAsync(Values.Length);
        await c.Expect(Lists.Range(c.Key("l"))).AnswersAsync(Values);
        foreach (var value in Values)
        {
            await c.Expect(Lists.Remove(c.Key("l"), value)).AnswersAsync(1);
        }
    }

    private static async Task Stream_fields_keep_their_bytes(ConformanceContext c)
    {
        KeyValuePair<StoreValue, StoreValue>[] fields = [.. Values.Select((value, i) => KeyValuePair.Create(value, Values[^(i + 1)]))];
        await c.GivenAsync(Streams.Add(c.Key("x"), fields));
        var entry = (await c.SendAsync(Streams.Range(c.Key("x"), StreamRange.All))).Single();
        Equal(fields, entry.Fields);
    }

    private static async Task Conditions_compare_bytes(ConformanceContext c)
    {
        foreach (var value in Values)
        {
            await c.GivenAsync(Strings.Set(c.Key("k"), value), Hashes.Set(c.Key("h"), value, value), Sets.Add(c.Key("s"), value), SortedSets.Add(c.Key("z"), value, 1));
            var batch = new AtomicBatch()
                .When(BatchCondition.StringEquals(c.Key("k"), value)).When(BatchCondition.HashFieldEquals(c.Key("h"), value, value))
                .When(BatchCondition.SetContains(c.Key("s"), value)).When(BatchCondition.SortedSetContains(c.Key("z"), value))
                .When(BatchCondition.Score(c.Key("z"), value, Comparison.Equal, 1));
            batch.Add(Strings.Set(c.Key("written"), value));
            Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
            await c.Expect(Strings.GetAndDelete(c.Key("written"))).AnswersAsync(value);
            StoreValue other = (byte[])[.. value.AsMemory().Span, 0];
            var fails = new AtomicBatch().When(BatchCondition.StringEquals(c.Key("k"), other));
            Equal(CommitStatus.ConditionFailed, (await c.Store.CommitAsync(fails, c.CancellationToken)).Status);
        }
    }

    private static async Task Text_and_bytes_are_the_same_key(ConformanceContext c)
    {
        StoreKey bytes = Encoding.UTF8.GetBytes(c.Key("é").ToString());
        await c.Expect(Strings.Set(c.Key("é"), "v")).AnswersAsync(true);
        await c.Expect(Strings.Get(bytes)).AnswersAsync("v");
        Equal(c.Key("é"), bytes);
        await c.Expect(Strings.GetMany(bytes, c.Key("é"))).AnswersAsync(["v", "v"]);
    }

    private static async Task Values_of_a_megabyte_pass(ConformanceContext c)
    {
        var value = new byte[1_000_000];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)(i * 31);
        }

        await c.Expect(Strings.Set(c.Key("k"), value)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(value);
    }

    private static async Task A_lone_surrogate_is_refused_at_once(ConformanceContext c)
    {
        await ThrowsAsync<ArgumentException>(() => Task.FromResult<StoreKey>("a\uD800b"));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult<StoreValue>("\uDC00"));
        StoreValue pair = "\uD83D\uDE00";
        await c.Expect(Strings.Set(c.Key("k"), pair)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(pair);
    }

    private static StoreValue[] CreateValues()
    {
        byte[] every = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        return
        [
            "", " ", "{}", "{a}", "}{", ":", "::", "a:b", "*", "?", "[a-z]", "\\", "'", "\"", "\r\n", "$5\r\nhello\r\n", "*1\r\n$4\r\nPING\r\n", "nil", "false", "OK",
            "-ERR no", "+OK", "0", "-0", "01", "1e5", "inf", "nan", "é", "\uFFFD", "\u200B", "\0", "a\0b", "\u001F", "(nil)", "redis.call('FLUSHALL')", "]]", "%s%n", "é{é}é",
            new byte[] { 0xFF }, new byte[] { 0xC3, 0x28 }, new byte[] { 0xFE, 0xFF, 0x00 }, every, new string('x', 10_000), new byte[10_000],
        ];
    }
}
