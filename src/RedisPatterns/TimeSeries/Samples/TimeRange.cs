namespace RedisPatterns;

/// <summary>A stretch of time: from a moment, which belongs to it, to another, which does not. So ranges that follow each other share nothing.</summary>
public readonly record struct TimeRange
{
    /// <summary>A stretch of time.</summary>
    /// <param name="from">Its beginning, in milliseconds since 1970; 0 or more.</param>
    /// <param name="to">Its end, which does not belong to it; not before the beginning, and at most the end of the year 9999.</param>
    /// <exception cref="ArgumentOutOfRangeException">A moment lies outside its bounds.</exception>
    public TimeRange(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, SeriesTime.Greatest + 1);
        (From, To) = (from, to);
    }

    /// <summary>All moments.</summary>
    public static TimeRange All { get; } = new(0, SeriesTime.Greatest + 1);

    /// <summary>The beginning, in milliseconds since 1970.</summary>
    public long From { get; }

    /// <summary>The end, which does not belong to the range, in milliseconds since 1970.</summary>
    public long To { get; }

    /// <summary>Whether no moment lies in it.</summary>
    public bool IsEmpty => From >= To;

    /// <summary>The moments from a date on, before another.</summary>
    /// <param name="from">The first moment; finer parts than milliseconds are cut off.</param>
    /// <param name="to">The end, which does not belong to the range; finer parts are cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException">A date lies before 1970, or the end before the beginning.</exception>
    public static TimeRange Between(DateTimeOffset from, DateTimeOffset to) => new(SeriesTime.Of(from, nameof(from)), SeriesTime.Of(to, nameof(to)));

    /// <summary>The moments from a date on.</summary>
    /// <param name="from">The first moment; finer parts than milliseconds are cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date lies before 1970.</exception>
    public static TimeRange Since(DateTimeOffset from) => new(SeriesTime.Of(from, nameof(from)), SeriesTime.Greatest + 1);

    /// <summary>The moments before a date.</summary>
    /// <param name="to">The end, which does not belong to the range; finer parts than milliseconds are cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date lies before 1970.</exception>
    public static TimeRange Until(DateTimeOffset to) => new(0, SeriesTime.Of(to, nameof(to)));

    /// <summary>Whether a moment lies in it.</summary>
    /// <param name="timestamp">The moment, in milliseconds since 1970.</param>
    public bool Contains(long timestamp) => timestamp >= From && timestamp < To;
}
