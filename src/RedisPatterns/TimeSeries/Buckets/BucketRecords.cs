using System.Buffers;

namespace RedisPatterns;

/// <summary>The records of a bucket that lie in a range, when all of the bucket's were looked at.</summary>
internal readonly ref struct BucketRecords
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TimeRange _range;
    private readonly bool _ascend;
    private readonly long _least;

    /// <summary>Looks at all records.</summary>
    /// <param name="bytes">The records.</param>
    /// <param name="bucket">The range of the bucket: no record lies outside.</param>
    /// <param name="range">The range that is wanted.</param>
    /// <exception cref="CorruptSeriesException">A record lies outside the bucket.</exception>
    public BucketRecords(ReadOnlySpan<byte> bytes, TimeRange bucket, TimeRange range)
    {
        _bytes = bytes;
        _range = range;
        var (total, ascend, least, greatest) = (bytes.Length / BucketRecord.Length, true, long.MaxValue, -1L);
        for (var i = 0; i < total; i++)
        {
            var timestamp = BucketRecord.Read(bytes, i).Timestamp;
            if (!bucket.Contains(timestamp))
            {
                throw new CorruptSeriesException("A record of a time series does not lie in its bucket.");
            }

            if (range.Contains(timestamp))
            {
                ascend &= timestamp > greatest;
                least = Math.Min(least, timestamp);
                greatest = Math.Max(greatest, timestamp);
                Count++;
            }
        }

        (_ascend, _least, Greatest) = (ascend, least, greatest);
    }

    /// <summary>How many records lie in the range.</summary>
    public int Count { get; }

    /// <summary>The greatest moment of these; -1 without any.</summary>
    public long Greatest { get; }

    /// <summary>Adds the samples of these records to those that came before them.</summary>
    /// <param name="before">What came before, ascending, and where the result goes; there is room for all.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    public void MergeInto(ref PooledSamples before, DuplicatePolicy policy)
    {
        if (Count == 0)
        {
            return;
        }

        if (_ascend && (before.Count == 0 || _least > before.Timestamps[^1]))
        {
            Append(ref before);
            return;
        }

        var records = ArrayPool<BucketRecord>.Shared.Rent(Count);
        var earlier = new PooledSamples(before.Count);
        try
        {
            earlier.Add(before.Timestamps, before.Values);
            before.Clear();
            Merge(earlier, Sorted(records), policy, ref before);
        }
        finally
        {
            earlier.Dispose();
            ArrayPool<BucketRecord>.Shared.Return(records);
        }
    }

    /// <summary>What these records make of the value of a moment, when the range is that moment alone.</summary>
    public double? Resolve(double? value, DuplicatePolicy policy)
    {
        for (var i = 0; i < _bytes.Length / BucketRecord.Length; i++)
        {
            var record = BucketRecord.Read(_bytes, i);
            if (_range.Contains(record.Timestamp))
            {
                value = Resolve(value, record.Value, policy);
            }
        }

        return value;
    }

    private static double? Resolve(double? value, double arrived, DuplicatePolicy policy)
        => double.IsNaN(arrived) ? null
            : value is { } stands ? policy.Resolve(stands, arrived)
            : arrived;

    private static void Merge(in PooledSamples earlier, ReadOnlySpan<BucketRecord> records, DuplicatePolicy policy, ref PooledSamples target)
    {
        var timestamps = earlier.Timestamps;
        var values = earlier.Values;
        while (!records.IsEmpty)
        {
            var timestamp = records[0].Timestamp;
            var untouched = 0;
            while (untouched < timestamps.Length && timestamps[untouched] < timestamp)
            {
                untouched++;
            }

            target.Add(timestamps[..untouched], values[..untouched]);
            var stands = untouched < timestamps.Length && timestamps[untouched] == timestamp;
            double? value = stands ? values[untouched] : null;
            var behind = stands ? untouched + 1 : untouched;
            timestamps = timestamps[behind..];
            values = values[behind..];
            for (; !records.IsEmpty && records[0].Timestamp == timestamp; records = records[1..])
            {
                value = Resolve(value, records[0].Value, policy);
            }

            if (value is { } left)
            {
                target.Add(timestamp, left);
            }
        }

        target.Add(timestamps, values);
    }

    private void Append(ref PooledSamples target)
    {
        for (var i = 0; i < _bytes.Length / BucketRecord.Length; i++)
        {
            var record = BucketRecord.Read(_bytes, i);
            if (_range.Contains(record.Timestamp) && !double.IsNaN(record.Value))
            {
                target.Add(record.Timestamp, record.Value);
            }
        }
    }

    private Span<BucketRecord> Sorted(Span<BucketRecord> records)
    {
        var (count, last, isSorted) = (0, -1L, true);
        for (var i = 0; i < _bytes.Length / BucketRecord.Length; i++)
        {
            var record = BucketRecord.Read(_bytes, i);
            if (_range.Contains(record.Timestamp))
            {
                isSorted &= record.Timestamp >= last;
                last = record.Timestamp;
                records[count++] = record;
            }
        }

        if (!isSorted)
        {
            records[..count].Sort();
        }

        return records[..count];
    }
}
