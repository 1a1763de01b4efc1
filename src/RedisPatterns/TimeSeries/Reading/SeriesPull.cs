namespace RedisPatterns;

/// <summary>A read of one series, and what has come of it: samples or buckets.</summary>
internal sealed class SeriesPull
{
    private readonly BucketSink? _buckets;
    private bool _isComplete;

    public SeriesPull(string series, TimeRange range, SeriesRangeOptions options)
    {
        var limit = options.Limit ?? long.MaxValue;
        if (options.Aggregation is { } aggregation)
        {
            _buckets = new(aggregation, range, options.IsDescending, limit, Output);
            Read = new(series, BucketSink.ReadRange(aggregation, range), options.IsDescending, _buckets) { EndsEarly = options.Limit is not null };
        }
        else
        {
            Read = new(series, range, options.IsDescending, new RawSink(Output, options.IsDescending, limit)) { Limit = limit, EndsEarly = options.Limit is not null };
        }
    }

    /// <summary>How the latest sample is read.</summary>
    public static SeriesRangeOptions Latest { get; } = new() { IsDescending = true, Limit = 1 };

    /// <summary>The read.</summary>
    public SeriesRead Read { get; }

    /// <summary>What has come.</summary>
    public SampleBuffer Output { get; } = new();

    /// <summary>Moves what is finished to the output.</summary>
    /// <param name="most">How many buckets at most.</param>
    /// <returns>Whether something is there; when not, the next page is to be read, or all is done.</returns>
    public bool Drain(int most)
    {
        if (_buckets is null)
        {
            return Output.Count > 0;
        }

        if (Read.IsDone && !_isComplete)
        {
            _buckets.Complete();
            _isComplete = true;
        }

        return _buckets.TryDrain(most);
    }

    /// <summary>The read has ended: gives everything.</summary>
    public SeriesData Complete()
    {
        if (_buckets is not null)
        {
            while (Drain(int.MaxValue))
            {
            }
        }

        return Output.ToData();
    }
}
