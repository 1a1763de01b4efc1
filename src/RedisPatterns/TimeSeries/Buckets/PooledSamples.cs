using System.Buffers;

namespace RedisPatterns;

/// <summary>Room for samples that are needed for a moment.</summary>
internal ref struct PooledSamples
{
    private readonly long[] _timestamps;
    private readonly double[] _values;
    private int _start;
    private int _count;

    public PooledSamples(int capacity)
    {
        _timestamps = ArrayPool<long>.Shared.Rent(capacity);
        _values = ArrayPool<double>.Shared.Rent(capacity);
    }

    public readonly ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(_start, _count);

    public readonly ReadOnlySpan<double> Values => _values.AsSpan(_start, _count);

    public readonly int Count => _count;

    /// <summary>Takes the samples of a range out of a chunk; nothing else may be there.</summary>
    public void Read(in SeriesChunkReader chunk, TimeRange range) => (_start, _count) = chunk.Read(range, _timestamps.AsSpan(0, chunk.Count), _values.AsSpan(0, chunk.Count));

    public void Add(long timestamp, double value)
    {
        (_timestamps[_start + _count], _values[_start + _count]) = (timestamp, value);
        _count++;
    }

    public void Add(scoped ReadOnlySpan<long> timestamps, scoped ReadOnlySpan<double> values)
    {
        timestamps.CopyTo(_timestamps.AsSpan(_start + _count));
        values.CopyTo(_values.AsSpan(_start + _count));
        _count += timestamps.Length;
    }

    public void Clear() => (_start, _count) = (0, 0);

    public readonly void Dispose()
    {
        ArrayPool<long>.Shared.Return(_timestamps);
        ArrayPool<double>.Shared.Return(_values);
    }
}
