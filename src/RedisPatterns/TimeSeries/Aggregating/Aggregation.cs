namespace RedisPatterns;

/// <summary>How samples become one value for each bucket of time. Immutable.</summary>
/// <remarks>
/// Buckets are as long as <see cref="Every"/> and begin at <see cref="Origin"/>, or are calendar periods in UTC. The samples of
/// a bucket are those that lie in it and in the range that is read. Sums are those of binary floating point; the order in which
/// they are made is not promised, so the last digits may differ from one read to the next.
/// </remarks>
public sealed record Aggregation
{
    private static readonly TimeSpan LongestBucket = TimeSpan.FromDays(36_600);

    /// <summary>Buckets of one length.</summary>
    /// <param name="aggregator">What is made of the samples of a bucket.</param>
    /// <param name="every">The length of a bucket: a whole number of milliseconds, at most 36,600 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of its range.</exception>
    public Aggregation(Aggregator aggregator, TimeSpan every)
    {
        ThrowIfUnknown(aggregator);
        SeriesTime.Length(every, nameof(every));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, LongestBucket);
        (Aggregator, Every) = (aggregator, every);
    }

    /// <summary>A bucket for each hour, day, week (from Monday), month or year in UTC.</summary>
    /// <param name="aggregator">What is made of the samples of a bucket.</param>
    /// <param name="period">The period.</param>
    public Aggregation(Aggregator aggregator, Period period)
    {
        ThrowIfUnknown(aggregator);
        if (!Enum.IsDefined(period))
        {
            throw new ArgumentOutOfRangeException(nameof(period), "There is no such period.");
        }

        (Aggregator, Calendar) = (aggregator, period);
    }

    /// <summary>What is made of the samples of a bucket.</summary>
    public Aggregator Aggregator { get; }

    /// <summary>The length of a bucket; null for calendar periods.</summary>
    public TimeSpan? Every { get; }

    /// <summary>The calendar period; null for buckets of one length.</summary>
    public Period? Calendar { get; }

    /// <summary>Where a bucket begins; all others lie before and behind it without a gap. 1970-01-01 in UTC unless set; has no meaning for calendar periods.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The date lies before 1970.</exception>
    public DateTimeOffset Origin
    {
        get;
        init
        {
            SeriesTime.Of(value, nameof(Origin));
            field = value;
        }
    } = DateTimeOffset.UnixEpoch;

    /// <summary>
    /// For rolling values: the value of a bucket is made of all samples of this length of time that ends with the bucket. A
    /// multiple of <see cref="Every"/>; null, so the bucket alone, unless set. The read begins earlier, so that the first window is whole.
    /// </summary>
    /// <exception cref="ArgumentException">It is no multiple of <see cref="Every"/>, longer than 10,000 of them, or the buckets are calendar periods.</exception>
    public TimeSpan? Window
    {
        get;
        init
        {
            if (value is { } window && (Every is not { } every || window < every || window.Ticks % every.Ticks != 0 || window.Ticks / every.Ticks > GreatestBucketsOfWindow))
            {
                throw new ArgumentException($"A window is 1 to {GreatestBucketsOfWindow} buckets of one length.", nameof(Window));
            }

            field = value;
        }
    }

    /// <summary>What stands for buckets without samples between the first and the last with some; <see cref="EmptyBuckets.Skip"/> unless set.</summary>
    public EmptyBuckets Empty { get; init; }

    /// <summary>Which moment of the bucket its value is given at; the <see cref="BucketTime.Start"/> unless set.</summary>
    public BucketTime At { get; init; }

    internal static int GreatestBucketsOfWindow => 10_000;

    /// <summary>How many buckets a value is made of: 1 without a window.</summary>
    internal int BucketsOfWindow => Window is { } window && Every is { } every ? (int)(window.Ticks / every.Ticks) : 1;

    private static void ThrowIfUnknown(Aggregator aggregator)
    {
        if (!Enum.IsDefined(aggregator))
        {
            throw new ArgumentOutOfRangeException(nameof(aggregator), "There is no such aggregator.");
        }
    }
}
