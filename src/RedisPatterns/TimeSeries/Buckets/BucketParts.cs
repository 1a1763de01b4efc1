namespace RedisPatterns;

/// <summary>Walks the parts of a bucket's value in the order in which they were appended: a chunk, or the records up to the next one.</summary>
/// <param name="value">The value.</param>
/// <param name="bucket">The range of the bucket.</param>
/// <remarks>What is given was looked at: the checksums of a chunk are right, and all moments lie in the bucket.</remarks>
internal ref struct BucketParts(ReadOnlySpan<byte> value, TimeRange bucket)
{
    private ReadOnlySpan<byte> _rest = value;
    private bool _isLater;

    /// <summary>The chunk, when the part is one.</summary>
    public SeriesChunkReader Chunk { get; private set; }

    /// <summary>The records, when the part is not a chunk.</summary>
    public ReadOnlySpan<byte> Records { get; private set; }

    /// <summary>Whether the part is a chunk.</summary>
    public readonly bool IsChunk => Records.IsEmpty;

    /// <summary>Whether no part comes behind this one.</summary>
    public readonly bool IsLast => _rest.IsEmpty;

    /// <summary>Goes on to the next part.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (!ChunkHead.Begins(_rest))
        {
            Records = _rest[..LengthOfRecords()];
            _rest = _rest[Records.Length..];
            _isLater = true;
            return true;
        }

        // What is sealed comes first, and it alone may have what a policy makes of infinities.
        Chunk = SeriesChunkReader.Open(_rest);
        Records = default;
        var summary = Chunk.Summary;
        if (!bucket.Contains(summary.FirstTime) || !bucket.Contains(summary.LastTime) || (_isLater && double.IsNaN(summary.Minimum)))
        {
            throw new CorruptSeriesException("A chunk of a time series does not belong into its bucket.");
        }

        _rest = _rest[Chunk.Length..];
        _isLater = true;
        return true;
    }

    private readonly int LengthOfRecords()
    {
        var own = bucket;
        var behind = _rest;
        while (behind.Length >= BucketRecord.Length && own.Contains(BucketRecord.TimestampOf(behind)))
        {
            behind = behind[BucketRecord.Length..];
        }

        var length = _rest.Length - behind.Length;
        if (length > 0 && (behind.IsEmpty || ChunkHead.Begins(behind)))
        {
            return length;
        }

        throw new CorruptSeriesException(
            behind.Length < BucketRecord.Length ? "A time series' bucket ends within a record." : "A record of a time series does not lie in its bucket.");
    }
}
