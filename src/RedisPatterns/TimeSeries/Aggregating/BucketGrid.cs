namespace RedisPatterns;

/// <summary>Where the buckets of an aggregation begin and end. They are numbered, so that neighbours differ by one. Immutable.</summary>
/// <remarks>A bucket may begin before 1970 or end after the year 9999; samples lie only in its rest.</remarks>
internal sealed class BucketGrid
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;
    private const long FirstMonday = 4 * Day;
    private const int MonthsOfYear = 12;

    private readonly long _origin;
    private readonly long _length;

    // For months and years, which are not of one length.
    private readonly int _months;

    /// <summary>The buckets of an aggregation; those of a window's parts where there is one.</summary>
    public BucketGrid(Aggregation aggregation) => (_origin, _length, _months) = aggregation.Calendar switch
    {
        null => (aggregation.Origin.ToUnixTimeMilliseconds(), aggregation.Every!.Value.Ticks / TimeSpan.TicksPerMillisecond, 0),

        // In UTC these three are of one length.
        Period.Hour => (0, Hour, 0),
        Period.Day => (0, Day, 0),
        Period.Week => (FirstMonday, 7 * Day, 0),
        Period.Month => (0, 0, 1),
        Period.Year => (0, 0, MonthsOfYear),
        _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
    };

    /// <summary>The number of the bucket that a moment lies in.</summary>
    public long NumberOf(long timestamp)
    {
        if (_months == 0)
        {
            return FloorOfQuotient(timestamp - _origin, _length);
        }

        var date = DateTimeOffset.FromUnixTimeMilliseconds(timestamp);
        return ((date.Year * MonthsOfYear) + date.Month - 1) / _months;
    }

    /// <summary>The first moment of a bucket; below 0 where it begins before 1970.</summary>
    public long StartOf(long number)
    {
        if (_months == 0)
        {
            return _origin + (number * _length);
        }

        var (year, month) = Math.DivRem(number * _months, MonthsOfYear);
        return year > DateTime.MaxValue.Year
            ? SeriesTime.Greatest + 1
            : new DateTimeOffset((int)year, (int)month + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    /// <summary>The first moment behind a bucket.</summary>
    public long EndOf(long number) => StartOf(number + 1);

    /// <summary>The moment that a bucket's value is given at; moved to the nearest that a sample may have.</summary>
    public long MomentOf(long number, BucketTime at)
    {
        var start = StartOf(number);
        var moment = at switch
        {
            BucketTime.Start => start,
            BucketTime.Middle => start + ((EndOf(number) - start) / 2),
            _ => EndOf(number),
        };
        return Math.Clamp(moment, 0, SeriesTime.Greatest);
    }

    /// <summary>Whether each of these buckets is made of whole buckets of another grid.</summary>
    public bool IsUnionOf(BucketGrid finer) =>
        (_months, finer._months) switch
        {
            (0, 0) => _length % finer._length == 0 && (_origin - finer._origin) % finer._length == 0,

            // Months differ by days, so all of them begin with a finer bucket only if all days do.
            (_, 0) => Day % finer._length == 0 && finer._origin % finer._length == 0,
            (0, _) => false,
            _ => _months % finer._months == 0,
        };

    private static long FloorOfQuotient(long dividend, long divisor)
    {
        var (quotient, remainder) = Math.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
