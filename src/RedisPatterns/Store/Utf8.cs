using System.Text;

namespace RedisPatterns;

/// <summary>UTF-8 helpers shared by keys and values.</summary>
internal static class Utf8
{
    private const int StackLimit = 256;

    /// <summary>Refuses text with a lone surrogate: its UTF-8 form would not be its own.</summary>
    public static void ThrowIfMalformed(string text, string parameter)
    {
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !IsWellFormed(text))
        {
            throw new ArgumentException("The text holds a lone surrogate and has no UTF-8 form.", parameter);
        }
    }

    /// <summary>Whether every surrogate has its partner.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    /// <summary>A hash of the bytes, the same whether they are held as text or as bytes.</summary>
    public static int HashOf(object textOrBytes)
    {
        var hash = default(HashCode);
        if (textOrBytes is byte[] bytes)
        {
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }

        var text = (string)textOrBytes;
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = size <= StackLimit ? stackalloc byte[StackLimit] : new byte[size];
        hash.AddBytes(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        return hash.ToHashCode();
    }
}
