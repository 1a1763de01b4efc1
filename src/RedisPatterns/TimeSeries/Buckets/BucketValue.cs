namespace RedisPatterns;

/// <summary>
/// The value of a bucket, the string that has the samples of a series and a period: one chunk or none, and records behind it,
/// which writers append without looking.
/// </summary>
/// <remarks>
/// <para>
/// The samples are those of the chunk, and what the records make of them in the order of their coming: a record of a moment
/// that has a sample meets the policy, of which <see cref="DuplicatePolicy.Block"/> is <see cref="DuplicatePolicy.First"/>
/// here; one whose value is NaN removes the sample of its moment, and a later one may set it anew. What a policy makes of
/// samples may be infinite, or NaN: a sum of infinities.
/// </para>
/// <para>
/// Damage to a chunk is told, whatever it is. A record has no checksum: one that was changed is told when it no longer lies in
/// the bucket, and records that are missing as a whole at the end are as if they had never been appended.
/// </para>
/// </remarks>
internal static class BucketValue
{
    /// <summary>Gives the samples of a range to a sink: what is known of them where that is enough for it, else all at once, ascending.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bucket">The range of the bucket.</param>
    /// <param name="range">The range.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    /// <param name="sink">The sink; it is called once, or not when there are no samples, and besides for what is known.</param>
    /// <returns>Whether the sink wants more.</returns>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public static bool Read(ReadOnlySpan<byte> value, TimeRange bucket, TimeRange range, DuplicatePolicy policy, ISampleSink sink)
    {
        var parts = Open(value, bucket);
        var records = new BucketRecords(parts.Records, bucket, range);
        if (records.Count == 0 && parts.HasChunk && range.From <= parts.Chunk.Summary.FirstTime && range.Contains(parts.Chunk.Summary.LastTime) && sink.TryAdd(parts.Chunk.Summary))
        {
            return true;
        }

        using var samples = parts.Merge(records, range, policy);
        return samples.Count == 0 || sink.Add(samples.Timestamps, samples.Values);
    }

    /// <summary>The same samples as one chunk.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bucket">The range of the bucket.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    /// <returns>The chunk; the very same bytes where the value was that; no bytes where there are no samples.</returns>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> value, TimeRange bucket, DuplicatePolicy policy)
    {
        var parts = Open(value, bucket);
        if (parts.Records.IsEmpty)
        {
            return value.ToArray();
        }

        using var samples = parts.Merge(new(parts.Records, bucket, bucket), bucket, policy);
        return Sealed(samples);
    }

    /// <summary>The samples outside a range as one chunk.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bucket">The range of the bucket.</param>
    /// <param name="range">The range whose samples go.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    /// <returns>The chunk, no bytes where no samples are left; and how many went.</returns>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public static (byte[] Value, int Removed) Remove(ReadOnlySpan<byte> value, TimeRange bucket, TimeRange range, DuplicatePolicy policy)
    {
        var parts = Open(value, bucket);
        using var samples = parts.Merge(new(parts.Records, bucket, bucket), bucket, policy);
        var (from, to) = (CountBefore(samples.Timestamps, range.From), CountBefore(samples.Timestamps, range.To));
        if (from == to && parts.Records.IsEmpty)
        {
            return (value.ToArray(), 0);
        }

        using var left = new PooledSamples(samples.Count);
        left.Add(samples.Timestamps[..from], samples.Values[..from]);
        left.Add(samples.Timestamps[to..], samples.Values[to..]);
        return (Sealed(left), to - from);
    }

    /// <summary>The latest sample; null where there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bucket">The range of the bucket.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public static SeriesSample? Latest(ReadOnlySpan<byte> value, TimeRange bucket, DuplicatePolicy policy)
    {
        var parts = Open(value, bucket);
        var records = new BucketRecords(parts.Records, bucket, bucket);
        var summary = parts.HasChunk ? parts.Chunk.Summary : default;
        if (parts.HasChunk && records.Greatest < summary.LastTime)
        {
            return new(summary.LastTime, summary.Last);
        }

        if (records.Count == 0)
        {
            return null;
        }

        var stands = parts.HasChunk && records.Greatest == summary.LastTime ? summary.Last : (double?)null;
        var moment = new TimeRange(records.Greatest, records.Greatest + 1);
        if (new BucketRecords(parts.Records, bucket, moment).Resolve(stands, policy) is { } latest)
        {
            return new(records.Greatest, latest);
        }

        // The latest one was removed.
        using var samples = parts.Merge(records, bucket, policy);
        return samples.Count == 0 ? null : new(samples.Timestamps[^1], samples.Values[^1]);
    }

    /// <summary>How a value is made up, by its length and the head of its chunk alone.</summary>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public static BucketShape Describe(ReadOnlySpan<byte> value)
    {
        var head = ChunkHead.Begins(value) ? ChunkHead.Read(value) : default;
        return new(head.Count, RecordsOf(value, head.Length).Length / BucketRecord.Length, head.Length);
    }

    /// <summary>Writes a record, which is to be appended.</summary>
    /// <param name="target">Where to: 16 bytes.</param>
    /// <param name="sample">The sample; of the value NaN to remove the sample of its moment.</param>
    public static void WriteRecord(Span<byte> target, SeriesSample sample)
    {
        SeriesTime.ThrowIfBad(sample.Timestamp, nameof(sample));
        BucketRecord.Write(target, sample);
    }

    /// <summary>The records of samples, which are to be appended.</summary>
    public static byte[] WriteRecords(ReadOnlySpan<SeriesSample> samples)
    {
        var records = new byte[samples.Length * BucketRecord.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            WriteRecord(records.AsSpan(i * BucketRecord.Length), samples[i]);
        }

        return records;
    }

    private static byte[] Sealed(in PooledSamples samples) => samples.Count == 0 ? [] : SeriesChunk.Write(samples.Timestamps, samples.Values);

    private static BucketParts Open(ReadOnlySpan<byte> value, TimeRange bucket)
    {
        if (!ChunkHead.Begins(value))
        {
            return new(default, RecordsOf(value, 0));
        }

        var chunk = SeriesChunkReader.Open(value);
        return bucket.Contains(chunk.Summary.FirstTime) && bucket.Contains(chunk.Summary.LastTime)
            ? new(chunk, RecordsOf(value, chunk.Length))
            : throw new CorruptSeriesException("A chunk of a time series does not lie in its bucket.");
    }

    private static ReadOnlySpan<byte> RecordsOf(ReadOnlySpan<byte> value, int chunkLength)
        => chunkLength <= value.Length && (value.Length - chunkLength) % BucketRecord.Length == 0
            ? value[chunkLength..]
            : throw new CorruptSeriesException("The value of a time series' bucket has another length than its chunk and its records.");

    private static int CountBefore(ReadOnlySpan<long> timestamps, long moment)
        => timestamps.BinarySearch(moment) is var at && at < 0 ? ~at : at;

    // The chunk, which may be none, and the records.
    private readonly ref struct BucketParts(SeriesChunkReader chunk, ReadOnlySpan<byte> records)
    {
        public SeriesChunkReader Chunk { get; } = chunk;

        public ReadOnlySpan<byte> Records { get; } = records;

        public bool HasChunk => Chunk.Count > 0;

        /// <summary>The samples of a range: those of the chunk, and what records make of them.</summary>
        public PooledSamples Merge(in BucketRecords records, TimeRange range, DuplicatePolicy policy)
        {
            var samples = new PooledSamples(Chunk.Count + records.Count);
            try
            {
                if (HasChunk)
                {
                    samples.Read(Chunk, range);
                }

                records.MergeInto(ref samples, policy);
                return samples;
            }
            catch
            {
                samples.Dispose();
                throw;
            }
        }
    }
}
