namespace RedisPatterns.InMemory;

/// <summary>Registers of six bits each, the lowest bits first.</summary>
internal static class DenseRegisters
{
    private const int Width = 6;
    private const int Mask = (1 << Width) - 1;

    public static byte Get(ReadOnlySpan<byte> registers, int index)
    {
        var (at, shift) = Math.DivRem(index * Width, 8);
        var pair = registers[at] | (at + 1 < registers.Length ? registers[at + 1] << 8 : 0);
        return (byte)((pair >> shift) & Mask);
    }

    public static void Set(Span<byte> registers, int index, byte value)
    {
        var (at, shift) = Math.DivRem(index * Width, 8);
        var (mask, bits) = (Mask << shift, value << shift);
        registers[at] = (byte)((registers[at] & ~mask) | bits);
        if (shift > 8 - Width)
        {
            registers[at + 1] = (byte)((registers[at + 1] & ~(mask >> 8)) | (bits >> 8));
        }
    }
}
