using System.Buffers.Text;

namespace RedisPatterns;

/// <summary>
/// What stands before a document that is not JSON, where it needs its schema version or version beside it:
/// <c>NUL R P schema ; version ;</c>, the numbers in decimal.
/// </summary>
/// <remarks>
/// Written when the schema version is above 1, when the model has versions, and when the document itself begins with those
/// three bytes; so a document without an envelope is one of schema version 1. The version is 0 when the model has none. It
/// stands between a head and a tail, where a script can put it.
/// </remarks>
internal static class FormatEnvelope
{
    private const byte Separator = (byte)';';
    private const int MostDigits = 19;

    private static ReadOnlySpan<byte> Mark => "\0RP"u8;

    /// <summary>Writes an entity of a model without versions; without an envelope where none is needed.</summary>
    public static byte[] Write<T>(IEntityFormat<T> format, T entity, int schema)
        where T : class
    {
        using var payload = PooledBuffer.Rent();
        format.Write(entity, payload);
        return schema == 1 && !payload.WrittenSpan.StartsWith(Mark) ? payload.ToArray() : Wrap(payload.WrittenSpan, schema, 0);
    }

    /// <summary>Writes an entity of a model with versions, as what comes before its version and after.</summary>
    public static (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail) WriteAround<T>(IEntityFormat<T> format, T entity, int schema)
        where T : class
    {
        using var tail = PooledBuffer.Rent();
        tail.Write(Separator);
        format.Write(entity, tail);
        return (HeadOf(schema), tail.ToArray());
    }

    /// <summary>A document in its envelope.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> payload, int schema, long version)
    {
        using var document = PooledBuffer.Rent();
        WriteHead(schema, document);
        WriteNumber(version, document);
        document.Write(Separator);
        document.Write(payload);
        return document.ToArray();
    }

    /// <summary>What comes before the version.</summary>
    public static byte[] HeadOf(int schema)
    {
        using var head = PooledBuffer.Rent();
        WriteHead(schema, head);
        return head.ToArray();
    }

    /// <summary>Opens an envelope; a document without one is of schema version 1 and has version 0.</summary>
    /// <param name="document">The document; to know the numbers, its first 33 bytes suffice.</param>
    /// <returns>The schema version, the version, and the document itself, a slice.</returns>
    /// <exception cref="FormatException">It begins as an envelope and is none.</exception>
    public static (int Schema, long Version, ReadOnlyMemory<byte> Payload) Read(ReadOnlyMemory<byte> document)
    {
        if (!document.Span.StartsWith(Mark))
        {
            return (1, 0, document);
        }

        var rest = document[Mark.Length..];
        var schema = ReadNumber(ref rest);
        var version = ReadNumber(ref rest);
        return schema is >= 1 and <= SchemaHeader.Largest ? ((int)schema, version, rest) : throw Malformed();
    }

    private static void WriteHead(int schema, PooledBuffer output)
    {
        output.Write(Mark);
        WriteNumber(schema, output);
        output.Write(Separator);
    }

    private static void WriteNumber(long number, PooledBuffer output)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(MostDigits + 1), out var length);
        output.Advance(length);
    }

    private static long ReadNumber(ref ReadOnlyMemory<byte> rest)
    {
        var span = rest.Span;
        if (span.IsEmpty || span[0] is < (byte)'0' or > (byte)'9'
            || !Utf8Parser.TryParse(span, out long number, out var length) || length == span.Length || span[length] != Separator
            || (span[0] == (byte)'0' && length > 1))
        {
            throw Malformed();
        }

        rest = rest[(length + 1)..];
        return number;
    }

    private static FormatException Malformed() => new("The document begins as an envelope of schema version and version and is none.");
}
