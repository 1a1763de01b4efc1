using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class BitsTests
{
    [Fact]
    public void Commands_name_their_keys_and_bits()
    {
        Wire.Is("SETBIT @k 7 1", Bits.Set("k", 7, true));
        Wire.Is("SETBIT @k 4294967295 0", Bits.Set("k", uint.MaxValue, false));
        Wire.Is("GETBIT @k 7", Bits.Get("k", 7));
        Wire.Is("BITCOUNT @k", Bits.Count("k"));
        Wire.Is("BITCOUNT @k 0 -1", Bits.Count("k", 0, -1));
        Wire.Is("BITCOUNT @k 5 30 BIT", Bits.Count("k", 5, 30, BitUnit.Bit));
        Wire.Is("BITPOS @k 1", Bits.Position("k", true));
        Wire.Is("BITPOS @k 0 2", Bits.Position("k", false, 2));
        Wire.Is("BITPOS @k 0 2 -1", Bits.Position("k", false, 2, -1));
        Wire.Is("BITPOS @k 1 2 9 BIT", Bits.Position("k", true, 2, 9, BitUnit.Bit));
        Wire.Is("BITOP AND @d @a @b", Bits.Combine(BitOperation.And, "d", "a", "b"));
        Wire.Is("BITOP OR @d @a @b", Bits.Combine(BitOperation.Or, "d", "a", "b"));
        Wire.Is("BITOP XOR @d @a", Bits.Combine(BitOperation.Xor, "d", "a"));
        Wire.Is("BITOP NOT @d @a", Bits.Combine(BitOperation.Not, "d", "a"));
    }

    [Fact]
    public void Fields_say_the_overflow_mode_where_it_changes() => Wire.Is(
        "BITFIELD @k GET u8 0 SET i16 8 -5 OVERFLOW SAT INCRBY u4 100 3 INCRBY u4 104 1 GET i64 0 OVERFLOW WRAP INCRBY u63 0 1 OVERFLOW FAIL SET i5 3 15",
        Bits.Field(
            "k",
            BitFieldOperation.Get(BitFieldType.Unsigned(8), 0),
            BitFieldOperation.Set(BitFieldType.Signed(16), 8, -5),
            BitFieldOperation.Increment(BitFieldType.Unsigned(4), 100, 3, BitOverflow.Saturate),
            BitFieldOperation.Increment(BitFieldType.Unsigned(4), 104, 1, BitOverflow.Saturate),
            BitFieldOperation.Get(BitFieldType.Signed(64), 0),
            BitFieldOperation.Increment(BitFieldType.Unsigned(63), 0, 1),
            BitFieldOperation.Set(BitFieldType.Signed(5), 3, 15, BitOverflow.Fail)));

    [Fact]
    public void Reading_fields_takes_reads_only()
    {
        Wire.Is("BITFIELD_RO @k GET u8 0 GET i3 9", Bits.ReadField("k", BitFieldOperation.Get(BitFieldType.Unsigned(8), 0), BitFieldOperation.Get(BitFieldType.Signed(3), 9)));
        Assert.Throws<ArgumentException>(() => Bits.ReadField("k", BitFieldOperation.Set(BitFieldType.Unsigned(8), 0, 1)));
        Assert.Throws<ArgumentException>(() => Bits.ReadField("k"));
        Assert.False(CommandTable.BitFieldRo.IsWrite);
    }

    [Fact]
    public void A_failed_field_is_null() =>
        Assert.Equal([1, null], Bits.Field("k", BitFieldOperation.Get(BitFieldType.Unsigned(8), 0)).Read(StoreReply.Array(StoreReply.Integer(1), StoreReply.Null)));

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Bits.Set("k", -1, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bits.Set("k", 1L + uint.MaxValue, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bits.Get("k", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bits.Count("k", 0, 1, (BitUnit)5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bits.Position("k", true, 0, 1, (BitUnit)5));
        Assert.Throws<ArgumentException>(() => Bits.Combine(BitOperation.And, "d"));
        Assert.Throws<ArgumentException>(() => Bits.Combine(BitOperation.Not, "d", "a", "b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bits.Combine((BitOperation)9, "d", "a"));
        Assert.Throws<ArgumentException>(() => Bits.Field("k"));
        Assert.Throws<ArgumentException>(() => Bits.Field("k", default(BitFieldOperation)));
        Assert.Throws<ArgumentException>(() => BitFieldOperation.Get(default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldType.Unsigned(64));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldType.Unsigned(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldType.Signed(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldOperation.Get(BitFieldType.Signed(8), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldOperation.Get(BitFieldType.Signed(8), uint.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitFieldOperation.Set(BitFieldType.Signed(8), 0, 1, (BitOverflow)9));
    }
}
