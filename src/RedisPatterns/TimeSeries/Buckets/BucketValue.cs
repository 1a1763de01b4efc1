namespace RedisPatterns;

/// <summary>
/// The value of a bucket, the string that has the samples of a series and a period: parts, each a chunk or a record, which
/// writers append without looking, in the order of their coming.
/// </summary>
/// <remarks>
/// <para>
/// The samples are what the parts make of them one after the other, a chunk as if it were a record for each of its samples. One
/// of a moment that has a sample meets the policy, of which <see cref="DuplicatePolicy.Block"/> is
/// <see cref="DuplicatePolicy.First"/> here; a record whose value is NaN removes the sample of its moment, and a later part may
/// set it anew. What a policy makes of samples may be infinite, or NaN: a sum of infinities. The eighth byte tells which a part
/// is: it is 0 for a record, as its moment lies before the year 10000, and the mark for a chunk.
/// </para>
/// <para>
/// Damage to a chunk is told, whatever it is. A record has no checksum: one that was changed is told when it no longer lies in
/// the bucket, and parts that are missing as a whole at the end are as if they had never been appended.
/// </para>
/// </remarks>
internal static class BucketValue
{
    // Below that a head weighs more than what it saves.
    private const int SmallestChunk = 16;

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
        using var samples = new BucketSamples(range, value.Length / BucketRecord.Length);
        samples.Add(value, bucket);
        if (samples.TryGiveSummary(sink))
        {
            return true;
        }

        samples.Merge(policy);
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
        if (IsSealed(value, bucket))
        {
            return value.ToArray();
        }

        using var samples = new BucketSamples(bucket, value.Length / BucketRecord.Length);
        samples.Add(value, bucket);
        samples.Merge(policy);
        return Chunk(samples.Timestamps, samples.Values);
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
        using var samples = new BucketSamples(bucket, value.Length / BucketRecord.Length);
        samples.Add(value, bucket);
        samples.Merge(policy);
        var (from, to) = (CountBefore(samples.Timestamps, range.From), CountBefore(samples.Timestamps, range.To));
        if (from == to && IsSealed(value, bucket))
        {
            return (value.ToArray(), 0);
        }

        using var left = new PooledSamples(samples.Count);
        left.Add(samples.Timestamps[..from], samples.Values[..from]);
        left.Add(samples.Timestamps[to..], samples.Values[to..]);
        return (Chunk(left.Timestamps, left.Values), to - from);
    }

    /// <summary>The latest sample; null where there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bucket">The range of the bucket.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public static SeriesSample? Latest(ReadOnlySpan<byte> value, TimeRange bucket, DuplicatePolicy policy)
    {
        var newest = (Timestamp: -1L, Value: (double?)null);
        var parts = new BucketParts(value, bucket);
        while (parts.MoveNext())
        {
            if (parts.IsChunk)
            {
                var (timestamp, last) = (parts.Chunk.Summary.LastTime, parts.Chunk.Summary.Last);
                newest = timestamp > newest.Timestamp ? (timestamp, last)
                    : timestamp == newest.Timestamp ? (timestamp, BucketRecord.Resolve(newest.Value, last, policy))
                    : newest;
            }

            for (var records = parts.Records; !records.IsEmpty; records = records[BucketRecord.Length..])
            {
                var (timestamp, arriving) = (BucketRecord.TimestampOf(records), BucketRecord.ValueOf(records));
                newest = timestamp > newest.Timestamp && !double.IsNaN(arriving) ? (timestamp, arriving)
                    : timestamp == newest.Timestamp ? (timestamp, BucketRecord.Resolve(newest.Value, arriving, policy))
                    : newest;
            }
        }

        if (newest.Value is { } found)
        {
            return new(newest.Timestamp, found);
        }

        // The latest one was removed.
        using var samples = new BucketSamples(bucket, value.Length / BucketRecord.Length);
        samples.Add(value, bucket);
        samples.Merge(policy);
        return samples.Count == 0 ? null : new(samples.Timestamps[^1], samples.Values[^1]);
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

    /// <summary>Samples as they are to be appended at once: a chunk where they are enough, ascend and get shorter by it, else records.</summary>
    /// <param name="samples">The samples, in the order of their coming; of the value NaN to remove the sample of its moment.</param>
    public static byte[] WriteParts(ReadOnlySpan<SeriesSample> samples)
    {
        if (samples.Length is < SmallestChunk or > SeriesChunk.GreatestCount)
        {
            return WriteRecords(samples);
        }

        using var columns = new PooledSamples(0);
        columns.Reserve(samples.Length);
        var timestamps = columns.FreeTimestamps[..samples.Length];
        var values = columns.FreeValues[..samples.Length];
        var latest = -1L;
        for (var i = 0; i < samples.Length; i++)
        {
            (timestamps[i], values[i]) = samples[i];
            if (timestamps[i] <= latest || double.IsNaN(values[i]))
            {
                return WriteRecords(samples);
            }

            latest = timestamps[i];
        }

        var chunk = SeriesChunk.Write(timestamps, values);
        return chunk.Length < samples.Length * BucketRecord.Length ? chunk : WriteRecords(samples);
    }

    // Nothing, or one chunk and nothing else.
    private static bool IsSealed(ReadOnlySpan<byte> value, TimeRange bucket)
    {
        var parts = new BucketParts(value, bucket);
        return !parts.MoveNext() || (parts.IsChunk && parts.IsLast);
    }

    private static byte[] Chunk(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values) => timestamps.IsEmpty ? [] : SeriesChunk.Write(timestamps, values);

    private static int CountBefore(ReadOnlySpan<long> timestamps, long moment)
        => timestamps.BinarySearch(moment) is var at && at < 0 ? ~at : at;
}
