using System.Buffers.Binary;

namespace RedisPatterns;

/// <summary>Writes what <see cref="PackedInput"/> reads.</summary>
internal static class PackedOutput
{
    private const int GreatestLength = 10;

    public static void Byte(this PooledBuffer output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void Double(this PooledBuffer output, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    /// <summary>Leaves bytes out, which are written later.</summary>
    public static void Skip(this PooledBuffer output, int count)
    {
        output.GetSpan(count)[..count].Clear();
        output.Advance(count);
    }

    public static void Unsigned(this PooledBuffer output, ulong number)
    {
        var bytes = output.GetSpan(GreatestLength);
        var length = 0;
        for (; number >= 0x80; number >>= 7)
        {
            bytes[length++] = (byte)(number | 0x80);
        }

        bytes[length++] = (byte)number;
        output.Advance(length);
    }

    public static void Signed(this PooledBuffer output, long number) => output.Unsigned((ulong)((number << 1) ^ (number >> 63)));

    /// <summary>How many bytes <see cref="Signed"/> takes.</summary>
    public static int SizeOfSigned(long number)
    {
        var (rest, size) = ((ulong)((number << 1) ^ (number >> 63)), 1);
        for (; rest >= 0x80; rest >>= 7)
        {
            size++;
        }

        return size;
    }
}
