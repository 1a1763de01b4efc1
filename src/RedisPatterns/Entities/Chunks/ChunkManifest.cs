using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace RedisPatterns;

/// <summary>What stands at the key of an entity that is kept in parts: which parts make up the content, and how to check it.</summary>
/// <remarks>
/// Its text has one form only, in which the version is followed by everything that the writer knows beforehand:
/// <c>chunks/1;v=7;schema=2;parts=2;gen=abcdefgh23456777;length=130001;part=65536;crc32c=e3069283</c>.
/// </remarks>
/// <param name="Schema">The schema version of the content; not negative.</param>
/// <param name="Version">The version of the entity; not negative.</param>
/// <param name="Length">The length of the content in bytes.</param>
/// <param name="PartSize">The length of each part but the last, in bytes.</param>
/// <param name="PartCount">The number of parts; none for an empty content.</param>
/// <param name="Checksum">The CRC-32C of the content.</param>
/// <param name="Generation">What the keys of these parts have and those of no other write.</param>
internal readonly record struct ChunkManifest(int Schema, long Version, long Length, int PartSize, int PartCount, uint Checksum, string Generation)
{
    public const int MaximumPartCount = 4_096;

    /// <summary>The longest string that Redis keeps.</summary>
    public const int MaximumPartSize = 512 * 1024 * 1024;

    public const int GenerationLength = 16;

    /// <summary>The Lua pattern of a manifest; captures version, schema, number of parts, generation and length, in this order.</summary>
    public const string LuaPattern = "^chunks/1;v=(%d+);schema=(%d+);parts=(%d+);gen=(%w+);length=(%d+);part=%d+;crc32c=%x+$";

    private const string Head = "chunks/1;v=";
    private const string GenerationAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

    // Longer than any manifest: what is longer is not even looked at.
    private const int MaximumTextLength = 256;

    private static readonly SearchValues<char> GenerationCharacters = SearchValues.Create(GenerationAlphabet);

    /// <summary>A generation that no other write has: 80 random bits.</summary>
    public static string NewGeneration() => RandomNumberGenerator.GetString(GenerationAlphabet, GenerationLength);

    /// <summary>The number of parts of a content.</summary>
    public static long CountParts(long length, int partSize) => (length / partSize) + (length % partSize == 0 ? 0 : 1);

    /// <summary>Reads a manifest.</summary>
    /// <returns>False for what is not exactly the text of a manifest whose numbers agree with each other.</returns>
    public static bool TryParse(StoreValue value, out ChunkManifest manifest)
    {
        manifest = default;
        if (value.IsNull || value.GetByteCount() > MaximumTextLength)
        {
            return false;
        }

        var text = value.AsText()!;
        var rest = text.AsSpan();
        if (!Take(ref rest, Head, out var field) || !TryParse(field, out var version)
            || !Take(ref rest, "schema=", out field) || !TryParse(field, out var schema)
            || !Take(ref rest, "parts=", out field) || !TryParse(field, out var count)
            || !Take(ref rest, "gen=", out var generation)
            || !Take(ref rest, "length=", out field) || !TryParse(field, out var length)
            || !Take(ref rest, "part=", out field) || !TryParse(field, out var partSize)
            || !Take(ref rest, "crc32c=", out field) || !uint.TryParse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum)
            || schema > int.MaxValue || count > MaximumPartCount || partSize is 0 or > MaximumPartSize
            || generation.Length != GenerationLength || generation.ContainsAnyExcept(GenerationCharacters))
        {
            return false;
        }

        var read = new ChunkManifest((int)schema, version, length, (int)partSize, (int)count, checksum, generation.ToString());
        if (CountParts(length, read.PartSize) != count || (length == 0 && checksum != 0) || read.ToString() != text)
        {
            return false;
        }

        manifest = read;
        return true;
    }

    /// <summary>The length that a part must have.</summary>
    public int GetPartLength(int number) => number < PartCount - 1 ? PartSize : (int)(Length - ((long)(PartCount - 1) * PartSize));

    /// <summary>What stands before and behind the version, which is given when the write is committed.</summary>
    public (string Head, string Tail) ToTemplate() => (Head, string.Create(
        CultureInfo.InvariantCulture, $";schema={Schema};parts={PartCount};gen={Generation};length={Length};part={PartSize};crc32c={Checksum:x8}"));

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var (head, tail) = ToTemplate();
        return string.Create(CultureInfo.InvariantCulture, $"{head}{Version}{tail}");
    }

    private static bool Take(ref ReadOnlySpan<char> rest, string name, out ReadOnlySpan<char> field)
    {
        if (!rest.StartsWith(name, StringComparison.Ordinal))
        {
            field = default;
            return false;
        }

        rest = rest[name.Length..];
        var end = rest.IndexOf(';');
        field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> field, out long number) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
