namespace RedisPatterns;

/// <summary>A sample of a time series: a value at a moment. 16 bytes.</summary>
/// <param name="Timestamp">The moment, in milliseconds since 1970 in UTC; 0 to 253,402,300,799,999, the end of the year 9999.</param>
/// <param name="Value">The value; finite where it is added, NaN where a bucket without samples is filled so.</param>
public readonly record struct SeriesSample(long Timestamp, double Value)
{
    /// <summary>A sample at a date.</summary>
    /// <param name="time">The moment; finer parts than milliseconds are cut off towards the past.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date lies before 1970.</exception>
    public SeriesSample(DateTimeOffset time, double value)
        : this(SeriesTime.Of(time, nameof(time)), value)
    {
    }

    /// <summary>The moment as a date in UTC.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Timestamp);
}
