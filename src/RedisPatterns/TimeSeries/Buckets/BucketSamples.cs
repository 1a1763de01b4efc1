namespace RedisPatterns;

/// <summary>What the parts of a bucket make of a range, each added in the order of its coming.</summary>
/// <param name="range">The range.</param>
/// <param name="spare">For how many records room is taken besides the chunks.</param>
/// <remarks>
/// What lies behind all that came before it can meet nothing of it, and is put behind it. The rest is late: it is kept aside,
/// and sorted and merged in the end, once for all parts. A chunk that is all there is of the range is kept as it is until
/// something else comes, or its samples are asked for.
/// </remarks>
internal ref struct BucketSamples(TimeRange range, int spare)
{
    private PooledSamples _samples = new(spare);
    private LateSamples _late;
    private SeriesChunkReader _kept;

    public readonly ReadOnlySpan<long> Timestamps => _samples.Timestamps;

    public readonly ReadOnlySpan<double> Values => _samples.Values;

    public readonly int Count => _samples.Count;

    /// <summary>Takes in all parts of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bucket">The range of the bucket.</param>
    /// <exception cref="CorruptSeriesException">The value is not what was written.</exception>
    public void Add(ReadOnlySpan<byte> value, TimeRange bucket)
    {
        var parts = new BucketParts(value, bucket);
        while (parts.MoveNext())
        {
            if (parts.IsChunk)
            {
                Add(parts.Chunk);
            }
            else
            {
                AddRecords(parts.Records);
            }
        }
    }

    /// <summary>Gives what is known of the samples in their place, where they are those of one chunk.</summary>
    /// <returns>Whether that was enough for the sink.</returns>
    public readonly bool TryGiveSummary(ISampleSink sink)
        => _kept.Count > 0 && range.From <= _kept.Summary.FirstTime && range.Contains(_kept.Summary.LastTime) && sink.TryAdd(_kept.Summary);

    /// <summary>Makes one of all that was added: only then are the samples there.</summary>
    /// <param name="policy">What becomes of samples of one moment.</param>
    public void Merge(DuplicatePolicy policy)
    {
        ReadKept();
        if (_late.Count > 0)
        {
            var merged = new PooledSamples(_samples.Count + _late.Count);
            _late.MergeInto(ref merged, _samples, policy);
            _samples.Dispose();
            _samples = merged;
        }
    }

    public readonly void Dispose()
    {
        _samples.Dispose();
        _late.Dispose();
    }

    private void Add(in SeriesChunkReader chunk)
    {
        if (chunk.Summary.FirstTime >= range.To || chunk.Summary.LastTime < range.From)
        {
            return;
        }

        if (_samples.Count == 0 && _kept.Count == 0)
        {
            _kept = chunk;
            return;
        }

        ReadKept();
        Read(chunk);
    }

    private void ReadKept()
    {
        if (_kept.Count > 0)
        {
            Read(_kept);
            _kept = default;
        }
    }

    private void Read(in SeriesChunkReader chunk)
    {
        var (before, latest, late) = (_samples.Count, _samples.Latest, 0);
        _samples.Read(chunk, range);
        for (; before + late < _samples.Count && _samples.Timestamps[before + late] <= latest; late++)
        {
            _late.Add(_samples.Timestamps[before + late], _samples.Values[before + late]);
        }

        _samples.RemoveAt(before, late);
    }

    private void AddRecords(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty && !range.Contains(BucketRecord.TimestampOf(records)))
        {
            records = records[BucketRecord.Length..];
        }

        if (records.IsEmpty)
        {
            return;
        }

        ReadKept();
        _samples.Reserve(records.Length / BucketRecord.Length);
        var timestamps = _samples.FreeTimestamps;
        var values = _samples.FreeValues;
        var (wanted, count, latest) = (range, 0, _samples.Latest);
        for (var at = 0; at < records.Length; at += BucketRecord.Length)
        {
            var record = records.Slice(at, BucketRecord.Length);
            var (timestamp, value) = (BucketRecord.TimestampOf(record), BucketRecord.ValueOf(record));
            if (!wanted.Contains(timestamp))
            {
                continue;
            }

            if (timestamp <= latest)
            {
                _late.Add(timestamp, value);
            }
            else if (!double.IsNaN(value))
            {
                (timestamps[count], values[count]) = (timestamp, value);
                latest = timestamp;
                count++;
            }
        }

        _samples.Advance(count);
    }
}
