using System.Buffers;

namespace RedisPatterns;

/// <summary>Room for samples that are needed for a moment; it grows.</summary>
/// <param name="spare">For how many samples room is taken beyond those for which it is needed.</param>
internal ref struct PooledSamples(int spare)
{
    // What the pool has at hand for most buckets, so that they need not grow.
    private const int SmallestRoom = 2_048;

    private long[] _timestamps = [];
    private double[] _values = [];
    private int _start;
    private int _count;

    public readonly ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(_start, _count);

    public readonly ReadOnlySpan<double> Values => _values.AsSpan(_start, _count);

    /// <summary>The room for moments behind those that are there.</summary>
    public readonly Span<long> FreeTimestamps => _timestamps.AsSpan(_start + _count);

    /// <summary>The room for their values.</summary>
    public readonly Span<double> FreeValues => _values.AsSpan(_start + _count);

    public readonly int Count => _count;

    /// <summary>The moment of the last one; -1 without any.</summary>
    public readonly long Latest => _count == 0 ? -1 : _timestamps[_start + _count - 1];

    /// <summary>Puts the samples of a range of a chunk behind those that are there, whatever their moments.</summary>
    public void Read(in SeriesChunkReader chunk, TimeRange range)
    {
        Reserve(chunk.Count);
        var (first, count) = chunk.Read(range, FreeTimestamps[..chunk.Count], FreeValues[..chunk.Count]);
        if (_count == 0)
        {
            (_start, _count) = (_start + first, count);
            return;
        }

        _count += first + count;
        RemoveAt(_count - first - count, first);
    }

    /// <summary>Takes samples out.</summary>
    public void RemoveAt(int index, int count)
    {
        if (count > 0)
        {
            Timestamps[(index + count)..].CopyTo(_timestamps.AsSpan(_start + index));
            Values[(index + count)..].CopyTo(_values.AsSpan(_start + index));
            _count -= count;
        }
    }

    public void Add(long timestamp, double value)
    {
        Reserve(1);
        (FreeTimestamps[0], FreeValues[0]) = (timestamp, value);
        _count++;
    }

    public void Add(scoped ReadOnlySpan<long> timestamps, scoped ReadOnlySpan<double> values)
    {
        Reserve(timestamps.Length);
        timestamps.CopyTo(FreeTimestamps);
        values.CopyTo(FreeValues);
        _count += timestamps.Length;
    }

    /// <summary>Makes room for more samples behind those that are there.</summary>
    public void Reserve(int count)
    {
        if (_start + _count + count > Math.Min(_timestamps.Length, _values.Length))
        {
            Grow(count);
        }
    }

    /// <summary>Takes in what was written into the free room.</summary>
    public void Advance(int count) => _count += count;

    public readonly void Dispose()
    {
        if (_timestamps.Length > 0)
        {
            ArrayPool<long>.Shared.Return(_timestamps);
            ArrayPool<double>.Shared.Return(_values);
        }
    }

    private void Grow(int count)
    {
        var room = Math.Max(Math.Max(_count + count + spare, 2 * _count), SmallestRoom);
        var (timestamps, values) = (ArrayPool<long>.Shared.Rent(room), ArrayPool<double>.Shared.Rent(room));
        Timestamps.CopyTo(timestamps);
        Values.CopyTo(values);
        Dispose();
        (_timestamps, _values, _start) = (timestamps, values, 0);
    }
}
