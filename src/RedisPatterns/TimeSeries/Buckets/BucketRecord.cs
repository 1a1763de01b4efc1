using System.Buffers.Binary;

namespace RedisPatterns;

/// <summary>A sample as it is appended to a bucket by itself: its moment and its value, 8 bytes each, the lowest byte first. NaN removes what the moment has.</summary>
internal static class BucketRecord
{
    /// <summary>How many bytes a record has.</summary>
    public const int Length = sizeof(long) + sizeof(double);

    /// <summary>The moment of the record that bytes begin with.</summary>
    public static long TimestampOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    /// <summary>The value of the record that bytes begin with.</summary>
    public static double ValueOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadDoubleLittleEndian(bytes[sizeof(long)..]);

    /// <summary>Writes a record.</summary>
    public static void Write(Span<byte> target, SeriesSample sample)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, sample.Timestamp);
        BinaryPrimitives.WriteDoubleLittleEndian(target[sizeof(long)..], sample.Value);
    }

    /// <summary>What a moment has when a record of it has come.</summary>
    /// <param name="standing">What it had.</param>
    /// <param name="arriving">The value of the record.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    public static double? Resolve(double? standing, double arriving, DuplicatePolicy policy)
        => double.IsNaN(arriving) ? null
            : standing is { } stands ? policy.Resolve(stands, arriving)
            : arriving;
}
