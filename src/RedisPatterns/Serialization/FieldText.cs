using System.Buffers;
using System.Text.Json;

namespace RedisPatterns;

/// <summary>
/// How the value of a JSON member is kept where it stands alone, as a field of a hash or under a key of its own: as its JSON
/// text, but a string plain, without quotes and escapes, where it can not be mistaken for other JSON. So the text alone
/// says what it is.
/// </summary>
/// <remarks>
/// A string keeps its quotes when it is empty, begins with one of <c>{ [ " -</c> or a digit, or is exactly <c>true</c>,
/// <c>false</c> or <c>null</c>. Equal strings have equal texts, however they were escaped: within quotes no more is escaped
/// than must be. Only a string that has no UTF-8 form (an escaped surrogate without its partner) is kept as it was written.
/// </remarks>
internal static class FieldText
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private static readonly byte[] HexDigits = "0123456789abcdef"u8.ToArray();

    /// <summary>Whether a text is a plain string rather than JSON.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            return false;
        }

        return text.Length switch
        {
            4 => !text.SequenceEqual("true"u8) && !text.SequenceEqual("null"u8),
            5 => !text.SequenceEqual("false"u8),
            _ => true,
        };
    }

    /// <summary>The text of one JSON value that has no space around it; a slice of it where nothing is escaped.</summary>
    public static ReadOnlyMemory<byte> FromJson(ReadOnlyMemory<byte> json)
    {
        var span = json.Span;
        if (span[0] != (byte)'"')
        {
            return json;
        }

        var content = json[1..^1];
        if (content.Span.Contains((byte)'\\'))
        {
            return Unescape(json);
        }

        return IsPlain(content.Span) ? content : json;
    }

    /// <summary>Appends the JSON value that a text stands for. The empty text, which is nobody's, counts as the empty string.</summary>
    public static void ToJson(ReadOnlySpan<byte> text, PooledBuffer output)
    {
        if (text.IsEmpty || IsPlain(text))
        {
            WriteString(text, output);
        }
        else
        {
            output.Write(text);
        }
    }

    /// <summary>Appends the JSON value that a text stands for.</summary>
    public static void ToJson(StoreValue text, PooledBuffer output) => ToJson(text.GetBytes(stackalloc byte[128]), output);

    /// <summary>Appends a JSON string in which no more is escaped than must be.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, PooledBuffer output)
    {
        var at = text.IndexOfAny(Escaped);
        if (at < 0)
        {
            var span = output.GetSpan(text.Length + 2);
            span[0] = (byte)'"';
            text.CopyTo(span[1..]);
            span[text.Length + 1] = (byte)'"';
            output.Advance(text.Length + 2);
            return;
        }

        output.Write((byte)'"');
        while (at >= 0)
        {
            output.Write(text[..at]);
            WriteEscape(text[at], output);
            text = text[(at + 1)..];
            at = text.IndexOfAny(Escaped);
        }

        output.Write(text);
        output.Write((byte)'"');
    }

    private static void WriteEscape(byte value, PooledBuffer output)
    {
        var letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)0,
        };
        output.Write(letter != 0
            ? [(byte)'\\', letter]
            : [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', HexDigits[value >> 4], HexDigits[value & 15]]);
    }

    private static ReadOnlyMemory<byte> Unescape(ReadOnlyMemory<byte> json)
    {
        using var plain = PooledBuffer.Rent();
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        try
        {
            plain.Advance(reader.CopyString(plain.GetSpan(json.Length)));
        }
        catch (InvalidOperationException)
        {
            // It has no UTF-8 form, so only its own escapes can say what it is.
            return json;
        }

        if (IsPlain(plain.WrittenSpan))
        {
            return plain.ToArray();
        }

        using var quoted = PooledBuffer.Rent();
        WriteString(plain.WrittenSpan, quoted);
        return quoted.ToArray();
    }
}
