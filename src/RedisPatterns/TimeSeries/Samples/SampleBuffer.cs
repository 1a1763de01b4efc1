namespace RedisPatterns;

/// <summary>Samples in columns, which grow.</summary>
internal sealed class SampleBuffer(int capacity = 0)
{
    private const int SmallestCapacity = 64;
    private long[] _timestamps = capacity == 0 ? [] : new long[capacity];
    private double[] _values = capacity == 0 ? [] : new double[capacity];

    public int Count { get; private set; }

    public Span<long> Timestamps => _timestamps.AsSpan(0, Count);

    public Span<double> Values => _values.AsSpan(0, Count);

    public SeriesSample this[int index] => new(Timestamps[index], Values[index]);

    public void Add(long timestamp, double value)
    {
        if (Count == _timestamps.Length)
        {
            Grow(Count + 1);
        }

        (_timestamps[Count], _values[Count]) = (timestamp, value);
        Count++;
    }

    public void Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        var start = Count;
        Extend(timestamps.Length);
        timestamps.CopyTo(_timestamps.AsSpan(start));
        values.CopyTo(_values.AsSpan(start));
    }

    /// <summary>Makes room for more samples behind those that are there; they are to be written at once.</summary>
    public void Extend(int count)
    {
        if (Count + count > _timestamps.Length)
        {
            Grow(Count + count);
        }

        Count += count;
    }

    public void Clear() => Count = 0;

    /// <summary>The samples, without a copy where they fill the buffer; it must not be written to any more.</summary>
    public SeriesData ToData()
    {
        Array.Resize(ref _timestamps, Count);
        Array.Resize(ref _values, Count);
        return new(_timestamps, _values);
    }

    private void Grow(int needed)
    {
        var capacity = Math.Max(Math.Max(SmallestCapacity, needed), 2 * _timestamps.Length);
        Array.Resize(ref _timestamps, capacity);
        Array.Resize(ref _values, capacity);
    }
}
