using System.Buffers.Binary;
using System.Numerics;

namespace RedisPatterns.InMemory;

/// <summary>Which register an element falls into, and what it asks of it: MurmurHash64A with Redis's seed.</summary>
internal static class HyperLogLogHash
{
    private const ulong Seed = 0xadc83b19;
    private const ulong Multiplier = 0xc6a4a7935bd1e995;
    private const int Shift = 47;

    /// <summary>The register and the length of the run of zeros, the one behind it counted.</summary>
    public static (int Register, byte Run) Place(ReadOnlySpan<byte> element)
    {
        var hash = Hash(element);
        var register = (int)(hash & (HyperLogLog.Registers - 1));
        var rest = (hash >> HyperLogLog.IndexBits) | (1UL << HyperLogLog.HashBits);
        return (register, (byte)(BitOperations.TrailingZeroCount(rest) + 1));
    }

    private static ulong Hash(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var hash = Seed ^ ((ulong)data.Length * Multiplier);
            for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            {
                var block = BinaryPrimitives.ReadUInt64LittleEndian(data) * Multiplier;
                hash = (hash ^ ((block ^ (block >> Shift)) * Multiplier)) * Multiplier;
            }

            if (!data.IsEmpty)
            {
                for (var i = 0; i < data.Length; i++)
                {
                    hash ^= (ulong)data[i] << (8 * i);
                }

                hash *= Multiplier;
            }

            hash = (hash ^ (hash >> Shift)) * Multiplier;
            return hash ^ (hash >> Shift);
        }
    }
}
