namespace RedisPatterns.Tests.Entities;

public sealed class Crc32CTests
{
    // The check value of the catalogues of CRCs, and the test patterns of RFC 3720, B.4.
    private static readonly (byte[] Bytes, uint Checksum)[] Published =
    [
        ([], 0),
        ([.. "123456789"u8], 0xE3069283),
        (new byte[32], 0x8A9136AA),
        ([.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43),
        ([.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E),
        ([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C),
    ];

    [Fact]
    public void It_has_the_published_values() => Assert.All(Published, pair => Assert.Equal(pair.Checksum, Checksum(pair.Bytes)));

    [Fact]
    public void It_is_the_same_in_whatever_pieces_the_bytes_come()
    {
        var content = Chunked.Content(40);
        for (var first = 0; first <= content.Length; first++)
        {
            for (var second = first; second <= content.Length; second++)
            {
                Assert.Equal(Checksum(content), Checksum(content[..first], content[first..second], content[second..]));
            }
        }
    }

    private static uint Checksum(params byte[][] pieces)
    {
        var checksum = default(Crc32C);
        foreach (var piece in pieces)
        {
            checksum.Append(piece);
        }

        return checksum.Value;
    }
}
