using System.Security.Cryptography;
using System.Text;

namespace RedisPatterns;

/// <summary>What is kept of an operation that has ended: <c>=request;result</c>.</summary>
/// <param name="Request">The digest of the request that it was asked for by; empty where none was told.</param>
/// <param name="Json">The result.</param>
internal readonly record struct KeptResult(string Request, ReadOnlyMemory<byte> Json)
{
    /// <summary>Begins what is kept; no lock begins so.</summary>
    public const char Mark = '=';

    private const byte End = (byte)';';

    /// <summary>The digest of a request: SHA-256 in Base64; empty for none.</summary>
    public static string DigestOf(ReadOnlySpan<byte> request) => request.IsEmpty ? "" : Convert.ToBase64String(SHA256.HashData(request));

    /// <summary>Whether a key holds a result, rather than an operation that runs, or nothing.</summary>
    public static bool IsKept(StoreValue value) => value.AsMemory() is { IsEmpty: false } bytes && bytes.Span[0] == Mark;

    /// <summary>What a key holds.</summary>
    public static KeptResult Parse(StoreValue value)
    {
        var bytes = value.AsMemory();
        var end = bytes.Span.IndexOf(End);
        if (end < 0)
        {
            throw new UnexpectedReplyException("What is kept of an operation is no result.");
        }

        return new(Encoding.ASCII.GetString(bytes.Span[1..end]), bytes[(end + 1)..]);
    }

    /// <summary>The text that is kept.</summary>
    public StoreValue ToValue()
    {
        var bytes = new byte[1 + Request.Length + 1 + Json.Length];
        bytes[0] = (byte)Mark;
        Encoding.ASCII.GetBytes(Request, bytes.AsSpan(1));
        bytes[1 + Request.Length] = End;
        Json.CopyTo(bytes.AsMemory(2 + Request.Length));
        return bytes;
    }
}
