using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about the bits of strings.</summary>
public sealed class BitConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_bit_is_set_and_read),
        new(Bits_are_counted_in_ranges_of_bytes_and_bits),
        new(The_first_bit_is_found),
        new(Strings_are_combined),
        new(The_empty_result_of_a_combination_deletes_the_destination),
        new(Fields_are_set_read_and_added_to),
        new(Fields_overflow_as_told),
        new(Fields_are_read_without_writing),
        new(Another_type_is_refused),
    ];

    private static async Task A_bit_is_set_and_read(ConformanceContext c)
    {
        await c.Expect(Bits.Get(c.Key("b"), 7)).AnswersAsync(false);
        await c.Expect(Bits.Set(c.Key("b"), 7, true)).AnswersAsync(false);
        await c.Expect(Bits.Set(c.Key("b"), 7, true)).AnswersAsync(true);
        await c.Expect(Bits.Get(c.Key("b"), 7)).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("b"))).AnswersAsync("\x01");
        await c.Expect(Bits.Set(c.Key("b"), 16, false)).AnswersAsync(false);
        await c.Expect(Strings.Get(c.Key("b"))).AnswersAsync("\x01\0\0");
        await c.Expect(Bits.Set(c.Key("b"), 7, false)).AnswersAsync(true);
        await c.Expect(Bits.Get(c.Key("b"), 1000)).AnswersAsync(false);
    }

    private static async Task Bits_are_counted_in_ranges_of_bytes_and_bits(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("b"), "foobar"));
        await c.Expect(Bits.Count(c.Key("b"))).AnswersAsync(26);
        await c.Expect(Bits.Count(c.Key("b"), 0, 0)).AnswersAsync(4);
        await c.Expect(Bits.Count(c.Key("b"), 1, 1)).AnswersAsync(6);
        await c.Expect(Bits.Count(c.Key("b"), -2, -1)).AnswersAsync(7);
        await c.Expect(Bits.Count(c.Key("b"), 5, 30, BitUnit.Bit)).AnswersAsync(17);
        await c.Expect(Bits.Count(c.Key("b"), 3, 2)).AnswersAsync(0);
        await c.Expect(Bits.Count(c.Key("none"))).AnswersAsync(0);
        await c.Expect(Bits.Count(c.Key("none"), 0, -1)).AnswersAsync(0);
    }

    private static async Task The_first_bit_is_found(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("b"), new byte[] { 0xFF, 0xF0, 0x00 }), Strings.Set(c.Key("ones"), new byte[] { 0xFF, 0xFF }));
        await c.Expect(Bits.Position(c.Key("b"), false)).AnswersAsync(12);
        await c.Expect(Bits.Position(c.Key("b"), true)).AnswersAsync(0);
        await c.Expect(Bits.Position(c.Key("b"), true, 2)).AnswersAsync(-1);
        await c.Expect(Bits.Position(c.Key("b"), true, 1, 2)).AnswersAsync(8);
        await c.Expect(Bits.Position(c.Key("b"), false, 8, 15, BitUnit.Bit)).AnswersAsync(12);
        await c.Expect(Bits.Position(c.Key("ones"), false)).AnswersAsync(16);
        await c.Expect(Bits.Position(c.Key("ones"), false, 0, -1)).AnswersAsync(-1);
        await c.Expect(Bits.Position(c.Key("none"), true)).AnswersAsync(-1);
        await c.Expect(Bits.Position(c.Key("none"), false)).AnswersAsync(0);
    }

    private static async Task Strings_are_combined(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), new byte[] { 0xF0, 0xFF }), Strings.Set(c.Key("b"), new byte[] { 0x3C }), Sets.Add(c.Key("d"), "m"));
        StoreKey[] sources = [c.Key("a"), c.Key("b")];
        (BitOperation Operation, byte[] Result)[] results =
        [
            (BitOperation.And, [0x30, 0x00]), (BitOperation.Or, [0xFC, 0xFF]), (BitOperation.Xor, [0xCC, 0xFF]),
        ];
        foreach (var (operation, result) in results)
        {
            await c.Expect(Bits.Combine(operation, c.Key("d"), sources)).AnswersAsync(2);
            await c.Expect(Strings.Get(c.Key("d"))).AnswersAsync(result);
        }

        await c.Expect(Bits.Combine(BitOperation.Not, c.Key("d"), c.Key("a"))).AnswersAsync(2);
        await c.Expect(Strings.Get(c.Key("d"))).AnswersAsync((byte[])[0x0F, 0x00]);
        await c.Expect(Bits.Combine(BitOperation.Or, c.Key("d"), c.Key("b"), c.Key("none"))).AnswersAsync(1);
    }

    private static async Task The_empty_result_of_a_combination_deletes_the_destination(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("d"), "v"));
        await c.Expect(Bits.Combine(BitOperation.And, c.Key("d"), c.Key("none"), c.Key("nothing"))).AnswersAsync(0);
        await c.Expect(Keys.Exists(c.Key("d"))).AnswersAsync(false);
    }

    private static async Task Fields_are_set_read_and_added_to(ConformanceContext c)
    {
        var u8 = BitFieldType.Unsigned(8);
        await c.Expect(Bits.Field(
            c.Key("b"),
            BitFieldOperation.Set(u8, 0, 200),
            BitFieldOperation.Get(u8, 0),
            BitFieldOperation.Get(BitFieldType.Signed(8), 0),
            BitFieldOperation.Increment(u8, 8, 5),
            BitFieldOperation.Set(u8, 0, 1))).AnswersAsync([0, 200, -56, 5, 200]);
        await c.Expect(Strings.Get(c.Key("b"))).AnswersAsync("\x01\x05");
        await c.Expect(Bits.Field(c.Key("wide"), BitFieldOperation.Increment(BitFieldType.Signed(64), 3, long.MaxValue))).AnswersAsync([long.MaxValue]);
    }

    private static async Task Fields_overflow_as_told(ConformanceContext c)
    {
        var u2 = BitFieldType.Unsigned(2);
        var i8 = BitFieldType.Signed(8);
        await c.GivenAsync(Bits.Field(c.Key("b"), BitFieldOperation.Set(u2, 0, 3), BitFieldOperation.Set(i8, 8, 127)));
        await c.Expect(Bits.Field(
            c.Key("b"),
            BitFieldOperation.Increment(u2, 0, 1, BitOverflow.Fail),
            BitFieldOperation.Increment(u2, 0, 1, BitOverflow.Saturate),
            BitFieldOperation.Increment(u2, 0, 1),
            BitFieldOperation.Increment(i8, 8, 1, BitOverflow.Saturate),
            BitFieldOperation.Increment(i8, 8, 1),
            BitFieldOperation.Increment(i8, 8, -1, BitOverflow.Fail))).AnswersAsync([null, 3, 0, 127, -128, null]);
    }

    private static async Task Fields_are_read_without_writing(ConformanceContext c)
    {
        await c.Expect(Bits.ReadField(c.Key("b"), BitFieldOperation.Get(BitFieldType.Unsigned(8), 100))).AnswersAsync([0]);
        await c.Expect(Keys.Exists(c.Key("b"))).AnswersAsync(false);
        await c.GivenAsync(Strings.Set(c.Key("b"), "A"));
        await c.Expect(Bits.ReadField(c.Key("b"), BitFieldOperation.Get(BitFieldType.Unsigned(8), 0), BitFieldOperation.Get(BitFieldType.Unsigned(4), 4)))
            .AnswersAsync([65, 1]);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Sets.Add(k, "m"));
        await c.Expect(Bits.Set(k, 0, true)).FailsAsync<WrongTypeException>();
        await c.Expect(Bits.Get(k, 0)).FailsAsync<WrongTypeException>();
        await c.Expect(Bits.Count(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Bits.Position(k, true)).FailsAsync<WrongTypeException>();
        await c.Expect(Bits.Combine(BitOperation.Or, c.Key("d"), c.Key("none"), k)).FailsAsync<WrongTypeException>();
        await c.Expect(Bits.Field(k, BitFieldOperation.Get(BitFieldType.Unsigned(8), 0))).FailsAsync<WrongTypeException>();
    }
}
