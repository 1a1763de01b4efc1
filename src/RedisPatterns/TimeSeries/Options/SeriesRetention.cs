namespace RedisPatterns;

/// <summary>How long samples are kept. Only whole periods are dropped, so what is promised stays at least.</summary>
/// <remarks>Where both are given, a period is dropped when either allows it.</remarks>
public sealed record SeriesRetention
{
    /// <summary>How far behind the latest sample of its series a sample is kept; a whole number of milliseconds. Null, so for ever, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter than a millisecond, or no whole number of them.</exception>
    public TimeSpan? Age
    {
        get;
        init
        {
            if (value is { } age)
            {
                SeriesTime.Length(age, nameof(Age));
            }

            field = value;
        }
    }

    /// <summary>How many of the latest samples of each series are kept; 1 or more. Null, so all, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long? Count
    {
        get;
        init
        {
            if (value is { } count)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(Count));
            }

            field = value;
        }
    }
}
