using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with streams promises about their entries. Consumer groups have a suite of their own.</summary>
public sealed class StreamConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Streams;

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Entries_get_rising_ids, Needed),
        new(Entries_keep_their_fields_in_order, Needed),
        new(A_given_id_must_rise, Needed),
        new(Given_milliseconds_get_the_next_sequence_number, Needed),
        new(Adding_may_need_an_existing_stream, Needed),
        new(Ranges_include_or_exclude_their_ends, Needed),
        new(Adding_may_trim, Needed),
        new(Trimming_keeps_the_newest, Needed),
        new(Deleting_leaves_the_stream, Needed),
        new(Reading_goes_on_after_an_id, Needed),
        new(Several_streams_are_read_at_once, Needed),
        new(The_state_is_told, Needed),
        new(The_last_id_may_be_set, Needed),
        new(An_absent_stream_is_empty, Needed),
        new(Another_type_is_refused, Needed),
    ];

    private static async Task Entries_get_rising_ids(ConformanceContext c)
    {
        var first = await c.SendAsync(Streams.Add(c.Key("s"), Field("f", 1)));
        var second = await c.SendAsync(Streams.Add(c.Key("s"), Field("f", 2)));
        True(first > StreamId.Zero && second > first);
        await c.Expect(Streams.Length(c.Key("s"))).AnswersAsync(2);
        await c.Expect(Keys.Type(c.Key("s"))).AnswersAsync(DataType.Stream);
        await AnswersAsync(c, Streams.Range(c.Key("s"), StreamRange.All), $"{first} f=1", $"{second} f=2");
    }

    private static async Task Entries_keep_their_fields_in_order(ConformanceContext c)
    {
        await c.GivenAsync(Streams.Add(c.Key("s"), new StreamId(1, 1), [Field("b", 1), Field("a", 2), Field("b", 3), Field("", "")]));
        await AnswersAsync(c, Streams.Range(c.Key("s"), StreamRange.All), "1-1 b=1 a=2 b=3 =");
    }

    private static async Task A_given_id_must_rise(ConformanceContext c)
    {
        await c.Expect(Add(c, 5, 5)).AnswersAsync(new StreamId(5, 5));
        await c.Expect(Add(c, 5, 5)).FailsAsync<StreamIdException>();
        await c.Expect(Add(c, 5, 4)).FailsAsync<StreamIdException>();
        await c.Expect(Add(c, 4, 9)).FailsAsync<StreamIdException>();
        await c.Expect(Add(c, 5, 6)).AnswersAsync(new StreamId(5, 6));
        await c.Expect(Streams.Delete(c.Key("s"), new StreamId(5, 6))).AnswersAsync(1);
        await c.Expect(Add(c, 5, 6)).FailsAsync<StreamIdException>();
        await c.Expect(Streams.Length(c.Key("s"))).AnswersAsync(1);
    }

    private static async Task Given_milliseconds_get_the_next_sequence_number(ConformanceContext c)
    {
        await c.Expect(Streams.Add(c.Key("s"), StreamNewId.At(7), [Field("f", 1)])).AnswersAsync(new StreamId(7, 0));
        await c.Expect(Streams.Add(c.Key("s"), StreamNewId.At(7), [Field("f", 1)])).AnswersAsync(new StreamId(7, 1));
        await c.Expect(Streams.Add(c.Key("s"), StreamNewId.At(8), [Field("f", 1)])).AnswersAsync(new StreamId(8, 0));
        await c.Expect(Streams.Add(c.Key("s"), StreamNewId.At(7), [Field("f", 1)])).FailsAsync<StreamIdException>();
        await c.Expect(Streams.Add(c.Key("zero"), StreamNewId.At(0), [Field("f", 1)])).AnswersAsync(new StreamId(0, 1));
    }

    private static async Task Adding_may_need_an_existing_stream(ConformanceContext c)
    {
        await c.Expect(Streams.Add(c.Key("s"), StreamNewId.Auto, [Field("f", 1)], onlyIfExists: true)).AnswersAsync((StreamId?)null);
        await c.Expect(Keys.Exists(c.Key("s"))).AnswersAsync(false);
        await c.GivenAsync(Add(c, 1, 1));
        await c.Expect(Streams.Add(c.Key("s"), new StreamId(2, 1), [Field("f", 1)], onlyIfExists: true)).AnswersAsync(new StreamId(2, 1));
    }

    private static async Task Ranges_include_or_exclude_their_ends(ConformanceContext c)
    {
        var s = await GivenFourAsync(c);
        await AnswersAsync(c, Streams.Range(s, StreamRange.Between(new(2, 0), new(3, 9))), "2-1 f=2", "3-1 f=3");
        await AnswersAsync(c, Streams.Range(s, StreamRange.After(new(2, 1))), "3-1 f=3", "4-1 f=4");
        await AnswersAsync(c, Streams.Range(s, StreamRange.Before(new(2, 1))), "1-1 f=1");
        await AnswersAsync(c, Streams.Range(s, StreamRange.Exactly(new(3, 1))), "3-1 f=3");
        await AnswersAsync(c, Streams.Range(s, StreamRange.All, Order.Descending, 2), "4-1 f=4", "3-1 f=3");
        await AnswersAsync(c, Streams.Range(s, StreamRange.From(new(2, 1)), count: 1), "2-1 f=2");
        await AnswersAsync(c, Streams.Range(s, StreamRange.From(new(9, 1))));
    }

    private static async Task Adding_may_trim(ConformanceContext c)
    {
        await GivenFourAsync(c);
        await c.Expect(Streams.Add(c.Key("s"), new StreamId(5, 1), [Field("f", 5)], StreamTrim.MaxLength(2))).AnswersAsync(new StreamId(5, 1));
        await AnswersAsync(c, Streams.Range(c.Key("s"), StreamRange.All), "4-1 f=4", "5-1 f=5");
        await c.Expect(Streams.Add(c.Key("s"), new StreamId(6, 1), [Field("f", 6)], StreamTrim.MinId(new(5, 1)))).AnswersAsync(new StreamId(6, 1));
        await AnswersAsync(c, Streams.Range(c.Key("s"), StreamRange.All), "5-1 f=5", "6-1 f=6");
    }

    private static async Task Trimming_keeps_the_newest(ConformanceContext c)
    {
        await GivenFourAsync(c);
        await c.Expect(Streams.Trim(c.Key("s"), StreamTrim.MaxLength(9))).AnswersAsync(0);
        await c.Expect(Streams.Trim(c.Key("s"), StreamTrim.MaxLength(3))).AnswersAsync(1);
        await c.Expect(Streams.Trim(c.Key("s"), StreamTrim.MinId(new(4, 0)))).AnswersAsync(2);
        await c.Expect(Streams.Trim(c.Key("s"), StreamTrim.MaxLength(0))).AnswersAsync(1);
        await c.Expect(Keys.Exists(c.Key("s"))).AnswersAsync(true);
        await c.Expect(Streams.Length(c.Key("s"))).AnswersAsync(0);
    }

    private static async Task Deleting_leaves_the_stream(ConformanceContext c)
    {
        await GivenFourAsync(c);
        await c.Expect(Streams.Delete(c.Key("s"), new StreamId(2, 1), new StreamId(9, 9), new StreamId(2, 1))).AnswersAsync(1);
        await AnswersAsync(c, Streams.Range(c.Key("s"), StreamRange.All), "1-1 f=1", "3-1 f=3", "4-1 f=4");
        await c.Expect(Streams.Delete(c.Key("s"), new StreamId(1, 1), new StreamId(3, 1), new StreamId(4, 1))).AnswersAsync(3);
        await c.Expect(Keys.Exists(c.Key("s"))).AnswersAsync(true);
        await c.Expect(Add(c, 4, 1)).FailsAsync<StreamIdException>();
    }

    private static async Task Reading_goes_on_after_an_id(ConformanceContext c)
    {
        var s = await GivenFourAsync(c);
        await AnswersAsync(c, Streams.Read(s, StreamId.Zero, 2), "1-1 f=1", "2-1 f=2");
        await AnswersAsync(c, Streams.Read(s, new StreamId(2, 1)), "3-1 f=3", "4-1 f=4");
        await AnswersAsync(c, Streams.Read(s, new StreamId(4, 1)));
    }

    private static async Task Several_streams_are_read_at_once(ConformanceContext c)
    {
        var s = await GivenFourAsync(c);
        await c.GivenAsync(Streams.Add(c.Key("t"), new StreamId(1, 1), [Field("g", 1)]));
        var read = Streams.Read(
            1, StreamPosition.Behind(s, new(3, 1)), StreamPosition.Behind(c.Key("none"), default), StreamPosition.Behind(c.Key("t"), default));
        await c.Expect(read).AnswersAsync(
            found => found.Length == 2 && found[0].Key == s && Text(found[0].Entries.Single()) == "4-1 f=4"
                && found[1].Key == c.Key("t") && Text(found[1].Entries.Single()) == "1-1 g=1",
            "4-1 of s and 1-1 of t");
        await c.Expect(Streams.Read(null, StreamPosition.Behind(s, new(4, 1)))).AnswersAsync([]);
    }

    private static async Task The_state_is_told(ConformanceContext c)
    {
        await GivenFourAsync(c);
        await c.GivenAsync(Streams.Delete(c.Key("s"), new StreamId(1, 1), new StreamId(4, 1)), Streams.CreateGroup(c.Key("s"), "g"));
        var info = await c.SendAsync(Streams.Info(c.Key("s")));
        Equal(2, info.Length);
        Equal(new StreamId(4, 1), info.LastId);
        Equal(new StreamId(4, 1), info.MaxDeletedId);
        Equal(4, info.EntriesAdded);
        Equal(1, info.GroupCount);
        Equal("2-1 f=2", Text(info.First!));
        Equal("3-1 f=3", Text(info.Last!));
        await c.Expect(Streams.Info(c.Key("none"))).FailsAsync<NoSuchKeyException>();
    }

    private static async Task The_last_id_may_be_set(ConformanceContext c)
    {
        await GivenFourAsync(c);
        await c.Expect(Streams.SetLastId(c.Key("s"), new StreamId(9, 0))).AnswersAsync(true);
        await c.Expect(Add(c, 8, 1)).FailsAsync<StreamIdException>();
        await c.Expect(Streams.SetLastId(c.Key("s"), new StreamId(1, 1))).FailsAsync<StreamIdException>();
        await c.Expect(Streams.SetLastId(c.Key("none"), new StreamId(1, 1))).FailsAsync<NoSuchKeyException>();
    }

    private static async Task An_absent_stream_is_empty(ConformanceContext c)
    {
        var s = c.Key("s");
        await c.Expect(Streams.Length(s)).AnswersAsync(0);
        await c.Expect(Streams.Range(s, StreamRange.All)).AnswersAsync([]);
        await c.Expect(Streams.Read(s, StreamId.Zero)).AnswersAsync([]);
        await c.Expect(Streams.Delete(s, new StreamId(1, 1))).AnswersAsync(0);
        await c.Expect(Streams.Trim(s, StreamTrim.MaxLength(1))).AnswersAsync(0);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("s");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Add(c, 1, 1)).FailsAsync<WrongTypeException>();
        await c.Expect(Streams.Length(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Streams.Range(k, StreamRange.All)).FailsAsync<WrongTypeException>();
        await c.Expect(Streams.Read(k, StreamId.Zero)).FailsAsync<WrongTypeException>();
        await c.Expect(Streams.Delete(k, new StreamId(1, 1))).FailsAsync<WrongTypeException>();
        await c.Expect(Streams.Trim(k, StreamTrim.MaxLength(1))).FailsAsync<WrongTypeException>();
        await c.Expect(Streams.Info(k)).FailsAsync<WrongTypeException>();
    }

    private static async Task<StoreKey> GivenFourAsync(ConformanceContext c)
    {
        await c.GivenAsync([.. Enumerable.Range(1, 4).Select(i => Streams.Add(c.Key("s"), new StreamId((ulong)i, 1), [Field("f", i)]))]);
        return c.Key("s");
    }

    private static StoreCommand<StreamId?> Add(ConformanceContext c, ulong milliseconds, ulong sequence) =>
        Streams.Add(c.Key("s"), new StreamId(milliseconds, sequence), [Field("f", "v")]);

    private static KeyValuePair<StoreValue, StoreValue> Field(StoreValue field, StoreValue value) => new(field, value);

    private static async Task AnswersAsync(ConformanceContext c, StoreCommand<StreamEntry[]> command, params string[] expected) =>
        Equal(expected, (await c.SendAsync(command)).Select(Text), c.Describe(command));

    private static string Text(StreamEntry entry) => $"{entry.Id} {string.Join(' ', entry.Fields.Select(field => $"{field.Key}={field.Value}"))}";
}
