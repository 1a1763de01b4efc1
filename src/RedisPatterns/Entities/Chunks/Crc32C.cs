using System.Buffers.Binary;
using System.Numerics;

namespace RedisPatterns;

/// <summary>The CRC-32C (Castagnoli) of bytes that come one piece after another. <c>default</c> is that of no bytes.</summary>
internal struct Crc32C
{
    /// <summary>The checksum of what was appended so far.</summary>
    public uint Value { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~Value;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var item in bytes)
        {
            crc = BitOperations.Crc32C(crc, item);
        }

        Value = ~crc;
    }
}
