using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

public sealed class BitTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_bit_is_set_and_read_from_the_top_of_each_byte()
    {
        Assert.False(await _store.BitSetAsync("k", 7, true, Token));
        Assert.True(await _store.BitSetAsync("k", 7, true, Token));
        Assert.False(await _store.BitSetAsync("k", 16, false, Token));
        Assert.Equal(new byte[] { 1, 0, 0 }, await _store.GetAsync("k", Token));
        Assert.True(await _store.BitGetAsync("k", 7, Token));
        Assert.False(await _store.BitGetAsync("k", 1_000_000, Token));
    }

    [Theory]
    [InlineData(0, -1, BitUnit.Byte, 26)]
    [InlineData(1, 1, BitUnit.Byte, 6)]
    [InlineData(5, 30, BitUnit.Bit, 17)]
    [InlineData(-2, -1, BitUnit.Byte, 7)]
    [InlineData(-1, -2, BitUnit.Byte, 0)]
    [InlineData(9, 20, BitUnit.Byte, 0)]
    public async Task Bits_are_counted_in_a_range(long start, long end, BitUnit unit, long expected)
    {
        await _store.SetAsync("k", "foobar", Token);
        Assert.Equal(expected, await _store.BitCountAsync("k", start, end, unit, Token));
    }

    [Fact]
    public async Task The_first_bit_may_lie_behind_the_end()
    {
        await _store.SetAsync("k", new byte[] { 0xFF, 0xF0, 0x00 }, Token);
        Assert.Equal(12, await _store.BitPositionAsync("k", false, cancellationToken: Token));
        await _store.SetAsync("k", new byte[] { 0xFF, 0xFF }, Token);
        Assert.Equal(16, await _store.BitPositionAsync("k", false, cancellationToken: Token));
        Assert.Equal(-1, await _store.BitPositionAsync("k", false, 0, -1, cancellationToken: Token));
        Assert.Equal(0, await _store.BitPositionAsync("none", false, cancellationToken: Token));
        Assert.Equal(-1, await _store.BitPositionAsync("none", true, cancellationToken: Token));
    }

    [Fact]
    public async Task Strings_of_different_length_are_combined()
    {
        await _store.SetAsync("a", new byte[] { 0x0F, 0xFF }, Token);
        await _store.SetAsync("b", new byte[] { 0x3C }, Token);
        await _store.SetAddAsync("d", "replaced", Token);
        Assert.Equal(2, await _store.BitCombineAsync(BitOperation.Xor, "d", ["a", "b"], Token));
        Assert.Equal(new byte[] { 0x33, 0xFF }, await _store.GetAsync("d", Token));
        await _store.BitCombineAsync(BitOperation.Not, "d", ["a"], Token);
        Assert.Equal(new byte[] { 0xF0, 0x00 }, await _store.GetAsync("d", Token));
        Assert.Equal(0, await _store.BitCombineAsync(BitOperation.And, "d", ["none"], Token));
        Assert.False(await _store.ExistsAsync("d", Token));
    }

    [Fact]
    public async Task Fields_overflow_as_they_are_told()
    {
        var (narrow, signed) = (BitFieldType.Unsigned(2), BitFieldType.Signed(8));
        var replies = await _store.BitFieldAsync(
            "k",
            [
                BitFieldOperation.Increment(narrow, 100, 3),
                BitFieldOperation.Increment(narrow, 100, 1),
                BitFieldOperation.Increment(narrow, 102, 9, BitOverflow.Saturate),
                BitFieldOperation.Increment(narrow, 102, 1, BitOverflow.Fail),
                BitFieldOperation.Set(signed, 0, 128),
                BitFieldOperation.Get(signed, 0),
                BitFieldOperation.Increment(signed, 0, 500, BitOverflow.Saturate),
                BitFieldOperation.Increment(signed, 0, 1),
            ],
            Token);
        Assert.Equal([3, 0, 3, null, 0, -128, 127, -128], replies);
        var read = await _store.BitFieldReadAsync("k", [BitFieldOperation.Get(signed, 0), BitFieldOperation.Get(signed, 4000)], Token);
        Assert.Equal([-128, 0], read);
    }

    [Theory]
    [InlineData("SETBIT", "4294967296", "1")]
    [InlineData("SETBIT", "0", "2")]
    [InlineData("GETBIT", "-1")]
    [InlineData("BITCOUNT", "1")]
    [InlineData("BITCOUNT", "0", "1", "NIBBLE")]
    [InlineData("BITPOS", "2")]
    [InlineData("BITFIELD", "GET", "u64", "0")]
    [InlineData("BITFIELD", "OVERFLOW", "NEVER")]
    [InlineData("BITFIELD", "SET", "i5", "#x", "1")]
    [InlineData("BITFIELD_RO", "SET", "i5", "0", "1")]
    public async Task What_a_server_refuses_is_refused(string name, params string[] arguments)
    {
        await _store.SetAsync("k", "v", Token);
        var definition = CommandTable.All.Single(row => row.Name == name);
        var command = new StoreCommand<StoreReply>(
            definition, Replies.Raw, [StoreValue.FromKey("k"), .. arguments.Select(argument => (StoreValue)argument)]);
        await Assert.ThrowsAnyAsync<StoreException>(async () => await _store.SendAsync(command, Token));
        Assert.Equal("v", await _store.GetAsync("k", Token));
    }
}
