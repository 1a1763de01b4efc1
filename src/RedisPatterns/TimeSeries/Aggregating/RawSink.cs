namespace RedisPatterns;

/// <summary>Collects samples in the order of the read.</summary>
/// <param name="output">Where they go; may be emptied at any time.</param>
/// <param name="descending">Whether the read descends.</param>
/// <param name="limit">How many are wanted in all.</param>
internal sealed class RawSink(SampleBuffer output, bool descending, long limit) : ISampleSink
{
    private long _left = limit;

    /// <inheritdoc/>
    public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        var count = (int)Math.Min(timestamps.Length, _left);
        _left -= count;
        if (descending)
        {
            output.Add(timestamps[^count..], values[^count..]);
            output.Timestamps[^count..].Reverse();
            output.Values[^count..].Reverse();
        }
        else
        {
            output.Add(timestamps[..count], values[..count]);
        }

        return _left > 0;
    }

    /// <inheritdoc/>
    public bool TryAdd(in SeriesSummary stretch) => stretch.Count == 0;
}
