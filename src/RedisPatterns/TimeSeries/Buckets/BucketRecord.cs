using System.Buffers.Binary;

namespace RedisPatterns;

/// <summary>A sample as it is appended to a bucket: its moment and its value, 8 bytes each, the lowest byte first. NaN removes what the moment has.</summary>
/// <param name="Timestamp">The moment.</param>
/// <param name="Arrival">Its place among the records: the earlier one came first.</param>
/// <param name="Value">The value.</param>
internal readonly record struct BucketRecord(long Timestamp, int Arrival, double Value) : IComparable<BucketRecord>
{
    /// <summary>How many bytes a record has.</summary>
    public const int Length = sizeof(long) + sizeof(double);

    /// <summary>By moments, then in the order of their coming.</summary>
    public int CompareTo(BucketRecord other) => Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp) : Arrival.CompareTo(other.Arrival);

    /// <summary>A record among others.</summary>
    public static BucketRecord Read(ReadOnlySpan<byte> records, int index)
    {
        var bytes = records.Slice(index * Length, Length);
        return new(BinaryPrimitives.ReadInt64LittleEndian(bytes), index, BinaryPrimitives.ReadDoubleLittleEndian(bytes[sizeof(long)..]));
    }

    /// <summary>Writes a record.</summary>
    public static void Write(Span<byte> target, SeriesSample sample)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, sample.Timestamp);
        BinaryPrimitives.WriteDoubleLittleEndian(target[sizeof(long)..], sample.Value);
    }
}
