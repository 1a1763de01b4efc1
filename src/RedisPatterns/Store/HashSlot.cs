namespace RedisPatterns;

/// <summary>The slot of Redis Cluster that a key lives in.</summary>
/// <remarks>
/// CRC16 (XMODEM) of the key's hash tag modulo 16,384, as the Redis Cluster specification defines it: the tag is what
/// stands between the first <c>{</c> and the next <c>}</c>, when that is not empty, else the whole key.
/// </remarks>
public static class HashSlot
{
    /// <summary>The number of slots.</summary>
    public const int Count = 16384;

    private static readonly ushort[] Table = CreateTable();

    /// <summary>The slot of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>0 to 16,383.</returns>
    public static int Of(StoreKey key)
    {
        ReadOnlySpan<byte> name = key.ToArray();
        var open = name.IndexOf((byte)'{');
        if (open >= 0)
        {
            var length = name[(open + 1)..].IndexOf((byte)'}');
            if (length > 0)
            {
                name = name.Slice(open + 1, length);
            }
        }

        ushort crc = 0;
        foreach (var b in name)
        {
            crc = (ushort)((crc << 8) ^ Table[((crc >> 8) ^ b) & 0xFF]);
        }

        return crc % Count;
    }

    /// <summary>The hash tag of a key that was made from text, so that keys can be compared without computing slots; nothing of others.</summary>
    internal static ReadOnlySpan<char> TagOf(StoreKey key) => key.TryGetText(out var text) ? TagOf(text) : default;

    private static ReadOnlySpan<char> TagOf(ReadOnlySpan<char> name)
    {
        var open = name.IndexOf('{');
        if (open < 0)
        {
            return default;
        }

        var length = name[(open + 1)..].IndexOf('}');
        return length > 0 ? name.Slice(open + 1, length) : default;
    }

    private static ushort[] CreateTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = (ushort)(i << 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (ushort)((crc << 1) ^ 0x1021) : (ushort)(crc << 1);
            }

            table[i] = crc;
        }

        return table;
    }
}
