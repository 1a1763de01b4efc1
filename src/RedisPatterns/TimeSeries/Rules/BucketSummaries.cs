namespace RedisPatterns;

/// <summary>What is known of the samples of each bucket, and of windows of buckets.</summary>
internal sealed class BucketSummaries(BucketGrid grid, SummaryParts parts) : ISampleSink
{
    private readonly List<(long Number, SeriesSummary Summary)> _buckets = [];

    public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        while (!timestamps.IsEmpty)
        {
            var number = grid.NumberOf(timestamps[0]);
            var end = grid.EndOf(number);
            var count = SortedMoments.FirstNotBefore(timestamps, end, timestamps.Length);
            Take(number, SeriesSummary.Of(timestamps[..count], values[..count], parts));
            timestamps = timestamps[count..];
            values = values[count..];
        }

        return true;
    }

    public bool TryAdd(in SeriesSummary stretch)
    {
        var number = grid.NumberOf(stretch.FirstTime);
        if (number != grid.NumberOf(stretch.LastTime))
        {
            return false;
        }

        Take(number, stretch);
        return true;
    }

    /// <summary>What is known of the windows that end with buckets, of those that are not empty.</summary>
    /// <param name="first">The first bucket.</param>
    /// <param name="last">The last bucket.</param>
    /// <param name="length">How many buckets a window has.</param>
    public IEnumerable<(long Number, SeriesSummary Summary)> Windows(long first, long last, int length)
    {
        var window = new RollingSummary(descending: false);
        var next = 0;
        for (var number = first; number <= last; number++)
        {
            for (; next < _buckets.Count && _buckets[next].Number <= number; next++)
            {
                window.Enter(_buckets[next].Number, _buckets[next].Summary);
            }

            while (!window.IsEmpty && window.Foremost <= number - length)
            {
                window.Leave();
            }

            if (!window.IsEmpty)
            {
                yield return (number, window.Total);
            }
        }
    }

    private void Take(long number, in SeriesSummary summary)
    {
        if (_buckets.Count > 0 && _buckets[^1].Number == number)
        {
            _buckets[^1] = (number, SeriesSummary.Merge(_buckets[^1].Summary, summary));
        }
        else
        {
            _buckets.Add((number, summary));
        }
    }
}
