using System.Buffers.Text;
using System.Text.Json;

namespace RedisPatterns;

/// <summary>
/// The schema version in a JSON document: from version 2 on it begins with the member <c>"$v":n</c>. A document without is
/// of version 1, and costs nothing.
/// </summary>
internal static class SchemaHeader
{
    /// <summary>The largest schema version.</summary>
    public const int Largest = 999_999_999;

    /// <summary>The name of the member, and of the field in layouts of fields.</summary>
    public const string Field = "$v";

    private const int MostDigits = 9;

    private static ReadOnlySpan<byte> Prefix => "{\"$v\":"u8;

    /// <summary>Reads the header of a document.</summary>
    /// <param name="document">The document; its first 16 bytes suffice.</param>
    /// <param name="schema">The schema version; 1 without a header.</param>
    /// <param name="bodyStart">Where the rest begins, which is the document when a <c>{</c> is put before it; 0 without a header.</param>
    /// <returns>Whether there is a header.</returns>
    /// <exception cref="JsonException">It begins as one and is none.</exception>
    public static bool TryRead(ReadOnlySpan<byte> document, out int schema, out int bodyStart)
    {
        schema = 1;
        bodyStart = 0;
        return document.StartsWith(Prefix) && Read(document, out schema, out bodyStart);
    }

    /// <summary>Appends the document without its header, as a JSON object again. The document itself stays as it is.</summary>
    public static void WriteBody(ReadOnlySpan<byte> document, int bodyStart, PooledBuffer output)
    {
        if (bodyStart > 0)
        {
            output.Write((byte)'{');
        }

        output.Write(document[bodyStart..]);
    }

    /// <summary>Appends a JSON object, or its beginning, with a header before its members; version 1 has none.</summary>
    /// <param name="schema">The schema version.</param>
    /// <param name="body">The object; the beginning of one has to reach beyond its first member's name.</param>
    /// <param name="output">The buffer.</param>
    public static void Write(int schema, ReadOnlySpan<byte> body, PooledBuffer output)
    {
        if (schema > 1)
        {
            output.Write(Prefix);
            Utf8Formatter.TryFormat(schema, output.GetSpan(MostDigits + 1), out var length);
            output.Advance(length);
            body = body[1..];
            if (body.TrimStart(" \t\r\n"u8) is not [(byte)'}', ..])
            {
                output.Write((byte)',');
            }
        }

        output.Write(body);
    }

    /// <summary>A JSON object, or its beginning, with a header before its members; itself in version 1.</summary>
    public static ReadOnlyMemory<byte> Write(int schema, ReadOnlyMemory<byte> body)
    {
        if (schema == 1)
        {
            return body;
        }

        using var output = PooledBuffer.Rent();
        Write(schema, body.Span, output);
        return output.ToArray();
    }

    /// <summary>The schema version in a field.</summary>
    /// <exception cref="JsonException">The field holds something else.</exception>
    public static int ReadField(StoreValue text) =>
        text.TryGetInt64(out var schema) && schema is >= 1 and <= Largest ? (int)schema : throw Malformed();

    private static bool Read(ReadOnlySpan<byte> document, out int schema, out int bodyStart)
    {
        schema = 0;
        var at = Prefix.Length;
        while (at < document.Length && at < Prefix.Length + MostDigits && document[at] is >= (byte)'0' and <= (byte)'9')
        {
            schema = (10 * schema) + document[at++] - '0';
        }

        if (at == document.Length || schema == 0 || document[Prefix.Length] == (byte)'0' || document[at] is not ((byte)',' or (byte)'}'))
        {
            throw Malformed();
        }

        bodyStart = document[at] == (byte)',' ? at + 1 : at;
        return true;
    }

    private static JsonException Malformed() => new("The schema version of the document is not a number from 1 to 999999999.");
}
