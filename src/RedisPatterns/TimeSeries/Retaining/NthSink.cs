namespace RedisPatterns;

/// <summary>Finds the moment of a sample by its number, counted from the latest.</summary>
internal sealed class NthSink(long number) : ISampleSink
{
    private long _left = number;

    /// <summary>The moment; null when there are not so many.</summary>
    public long? Timestamp { get; private set; }

    public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        if (_left > timestamps.Length)
        {
            _left -= timestamps.Length;
            return true;
        }

        Timestamp = timestamps[^(int)_left];
        return false;
    }

    public bool TryAdd(in SeriesSummary stretch)
    {
        if (stretch.Count >= _left)
        {
            return false;
        }

        _left -= stretch.Count;
        return true;
    }
}
