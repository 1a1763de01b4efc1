using System.Buffers.Binary;

namespace RedisPatterns;

/// <summary>Reads a chunk from its beginning to its end; never beyond.</summary>
internal ref struct PackedInput(ReadOnlySpan<byte> bytes)
{
    private const int GreatestShift = 63;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new CorruptSeriesException("A time series' chunk ends too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>The next bytes and all behind them, gone by so many of them.</summary>
    public ReadOnlySpan<byte> TakeFrom(int count)
    {
        var from = _rest;
        Take(count);
        return from;
    }

    /// <summary>A number of seven bits a byte, the lowest first.</summary>
    public ulong Unsigned()
    {
        var number = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            if (shift == GreatestShift && next > 1)
            {
                throw new CorruptSeriesException("A number in a time series' chunk is too long.");
            }

            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }

    /// <summary>A number whose sign is its lowest bit.</summary>
    public long Signed()
    {
        var number = Unsigned();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }
}
