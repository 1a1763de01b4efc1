namespace RedisPatterns;

/// <summary>A read of a range of a series, page by page: what is left of the range, and where the samples go.</summary>
internal sealed class SeriesRead(string series, TimeRange range, bool isDescending, ISampleSink sink)
{
    /// <summary>The most buckets of a page.</summary>
    public const int GreatestPage = 64;

    private int _buckets = 1;

    /// <summary>The name of the series.</summary>
    public string Series { get; } = series;

    /// <summary>What is still to be read.</summary>
    public TimeRange Rest { get; private set; } = range;

    /// <summary>Whether the latest samples come first.</summary>
    public bool IsDescending { get; } = isDescending;

    /// <summary>Where the samples go.</summary>
    public ISampleSink Sink { get; } = sink;

    /// <summary>How many samples are wanted at most; a page need not have more.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Whether the read is likely to end early: then its first pages are to be small.</summary>
    public bool EndsEarly { get; init; }

    /// <summary>How many buckets the next page is to have at most.</summary>
    public int BucketsOfPage => EndsEarly ? _buckets : GreatestPage;

    /// <summary>Whether all was read that is wanted.</summary>
    public bool IsDone { get; private set; } = range.IsEmpty;

    /// <summary>Goes on behind a page.</summary>
    /// <param name="next">Where the next page begins: its first moment, or when descending the end that it does not hold.</param>
    public void MoveTo(long next)
    {
        Rest = IsDescending ? new(Rest.From, Math.Clamp(next, Rest.From, Rest.To)) : new(Math.Clamp(next, Rest.From, Rest.To), Rest.To);
        IsDone = Rest.IsEmpty;
        _buckets = Math.Min(2 * _buckets, GreatestPage);
    }

    /// <summary>Ends the read.</summary>
    public void End() => IsDone = true;
}
