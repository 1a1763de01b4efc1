using System.Buffers.Binary;

namespace RedisPatterns.InMemory;

/// <summary>The string that holds a HyperLogLog, as Redis lays it out: a header with a cached estimate, then the registers.</summary>
internal static class HyperLogLog
{
    /// <summary>The bits of the hash that choose the register.</summary>
    public const int IndexBits = 14;

    /// <summary>The bits of the hash whose zeros are counted.</summary>
    public const int HashBits = 64 - IndexBits;

    /// <summary>The number of registers.</summary>
    public const int Registers = 1 << IndexBits;

    /// <summary>The length of the header.</summary>
    public const int HeaderLength = 16;

    /// <summary>The length of the dense form.</summary>
    public const int DenseLength = HeaderLength + (Registers * 6 / 8);

    private const int EncodingOffset = 4;
    private const int CacheOffset = 8;
    private const byte Dense = 0;
    private const byte Sparse = 1;
    private const double Alpha = 0.721347520444481703680;

    private static ReadOnlySpan<byte> Magic => "HYLL"u8;

    /// <summary>An empty one, in the sparse form.</summary>
    public static byte[] CreateEmpty()
    {
        var image = new byte[HeaderLength + 2];
        Magic.CopyTo(image);
        image[EncodingOffset] = Sparse;
        SparseRegisters.WriteZeros(image.AsSpan(HeaderLength), Registers);
        return image;
    }

    /// <summary>Whether a string begins like one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> image) =>
        image.Length >= HeaderLength && image.StartsWith(Magic)
        && (image[EncodingOffset] == Sparse || (image[EncodingOffset] == Dense && image.Length == DenseLength));

    /// <summary>Whether it has the dense form.</summary>
    public static bool IsDense(ReadOnlySpan<byte> image) => image[EncodingOffset] == Dense;

    /// <summary>A dense copy of a sparse one, or null when that is malformed.</summary>
    public static byte[]? ToDense(ReadOnlySpan<byte> image)
    {
        Span<byte> registers = stackalloc byte[Registers];
        registers.Clear();
        if (!TryMergeInto(registers, image))
        {
            return null;
        }

        var dense = new byte[DenseLength];
        image[..HeaderLength].CopyTo(dense);
        dense[EncodingOffset] = Dense;
        for (var i = 0; i < Registers; i++)
        {
            if (registers[i] != 0)
            {
                DenseRegisters.Set(dense.AsSpan(HeaderLength), i, registers[i]);
            }
        }

        return dense;
    }

    /// <summary>Raises registers, one byte each, to those of a HyperLogLog.</summary>
    /// <returns>False when it is malformed.</returns>
    public static bool TryMergeInto(Span<byte> registers, ReadOnlySpan<byte> image)
    {
        var source = image[HeaderLength..];
        if (!IsDense(image))
        {
            return SparseRegisters.TryMergeInto(registers, source);
        }

        for (var i = 0; i < Registers; i++)
        {
            registers[i] = Math.Max(registers[i], DenseRegisters.Get(source, i));
        }

        return true;
    }

    /// <summary>The cached estimate, or null when there is none.</summary>
    public static long? GetCached(ReadOnlySpan<byte> image) =>
        BinaryPrimitives.ReadInt64LittleEndian(image[CacheOffset..]) is >= 0 and var estimate ? estimate : null;

    /// <summary>Keeps an estimate until registers change.</summary>
    public static void SetCached(Span<byte> image, long estimate) => BinaryPrimitives.WriteInt64LittleEndian(image[CacheOffset..], estimate);

    /// <summary>Marks the cached estimate as outdated.</summary>
    public static void ForgetCached(Span<byte> image) => image[CacheOffset + 7] |= 0x80;

    /// <summary>Ertl's improved estimator, from the number of registers of each value.</summary>
    public static long Estimate(ReadOnlySpan<byte> registers)
    {
        Span<int> histogram = stackalloc int[64];
        histogram.Clear();
        foreach (var register in registers)
        {
            histogram[register]++;
        }

        const double Total = Registers;
        var z = Total * Tau((Total - histogram[HashBits + 1]) / Total);
        for (var i = HashBits; i >= 1; i--)
        {
            z = (z + histogram[i]) * 0.5;
        }

        z += Total * Sigma(histogram[0] / Total);
        return (long)Math.Round(Alpha * Total * Total / z, MidpointRounding.AwayFromZero);
    }

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double previous, y = 1, z = x;
        do
        {
            x *= x;
            previous = z;
            z += x * y;
            y += y;
        }
        while (previous != z);
        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double previous, y = 1, z = 1 - x;
        do
        {
            x = Math.Sqrt(x);
            previous = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (previous != z);
        return z / 3;
    }
}
