using System.Security.Cryptography;

namespace RedisPatterns;

/// <summary>The content of an entity as one text of bytes, of which a write can demand that it is still the same.</summary>
internal static class EntityState
{
    /// <summary>Several values, with a zero byte in between.</summary>
    public static byte[] Join(IEnumerable<StoreValue> values)
    {
        using var buffer = new MemoryStream();
        var isFirst = true;
        foreach (var value in values)
        {
            if (!isFirst)
            {
                buffer.WriteByte(0);
            }

            buffer.Write(value.AsMemory().Span);
            isFirst = false;
        }

        return buffer.ToArray();
    }

    // What servers offer to scripts is SHA-1; it tells contents apart here, and guards nothing.
#pragma warning disable CA5350
    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350
}
