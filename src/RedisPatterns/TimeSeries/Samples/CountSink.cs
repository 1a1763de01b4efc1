namespace RedisPatterns;

/// <summary>Counts samples.</summary>
internal sealed class CountSink : ISampleSink
{
    public long Count { get; private set; }

    public long? First { get; private set; }

    public long? Last { get; private set; }

    public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        if (!timestamps.IsEmpty)
        {
            Note(timestamps[0], timestamps[^1], timestamps.Length);
        }

        return true;
    }

    public bool TryAdd(in SeriesSummary stretch)
    {
        if (stretch.Count > 0)
        {
            Note(stretch.FirstTime, stretch.LastTime, stretch.Count);
        }

        return true;
    }

    private void Note(long first, long last, long count)
    {
        First = First is { } earliest ? Math.Min(earliest, first) : first;
        Last = Last is { } latest ? Math.Max(latest, last) : last;
        Count += count;
    }
}
