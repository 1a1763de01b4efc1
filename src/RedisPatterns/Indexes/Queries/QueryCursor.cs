using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RedisPatterns;

/// <summary>A place in the order of a query as text that goes to a client and comes back: Base64 that a URL can hold.</summary>
/// <remarks>A byte for the format, eight that tell the query, the length of the key in four, the key, the id. Nothing is secret in it.</remarks>
internal static class QueryCursor
{
    private const byte Format = 1;
    private const int IdentityLength = 8;
    private const int HeadLength = 1 + IdentityLength + sizeof(int);

    public static string Write(QueryPosition place, string identity)
    {
        var (key, token) = (place.Key.AsMemory(), place.Token.AsMemory());
        var bytes = new byte[HeadLength + key.Length + token.Length];
        bytes[0] = Format;
        Digest(identity).CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1 + IdentityLength), key.Length);
        key.Span.CopyTo(bytes.AsSpan(HeadLength));
        token.Span.CopyTo(bytes.AsSpan(HeadLength + key.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="QueryCursorException">It is none, or one of another query.</exception>
    public static QueryPosition Read(string cursor, string identity)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        if (!Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var count) || count < HeadLength || bytes[0] != Format)
        {
            throw new QueryCursorException("The text is not a cursor.");
        }

        if (!bytes.AsSpan(1, IdentityLength).SequenceEqual(Digest(identity)))
        {
            throw new QueryCursorException("The cursor belongs to another query: filter and order must be those of the page before.");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1 + IdentityLength));
        return length < 0 || length > count - HeadLength
            ? throw new QueryCursorException("The text is not a cursor.")
            : new(bytes.AsSpan(HeadLength, length).ToArray(), bytes.AsSpan(HeadLength + length, count - HeadLength - length).ToArray());
    }

    private static ReadOnlySpan<byte> Digest(string identity) => SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, IdentityLength);
}
