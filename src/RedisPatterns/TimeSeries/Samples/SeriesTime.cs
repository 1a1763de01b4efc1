namespace RedisPatterns;

/// <summary>The moments of samples: milliseconds since 1970 in UTC, from 0 to the end of the year 9999.</summary>
internal static class SeriesTime
{
    /// <summary>The last moment that a sample may have: 9999-12-31T23:59:59.999Z.</summary>
    public const long Greatest = 253_402_300_799_999;

    /// <summary>The moment of a date, finer parts cut off towards the past.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The date lies before 1970.</exception>
    public static long Of(DateTimeOffset time, string parameter)
    {
        var timestamp = time.ToUnixTimeMilliseconds();
        ThrowIfBad(timestamp, parameter);
        return timestamp;
    }

    /// <summary>Refuses what is no moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before 1970 or after the year 9999.</exception>
    public static void ThrowIfBad(long timestamp, string parameter)
    {
        if ((ulong)timestamp > Greatest)
        {
            throw new ArgumentOutOfRangeException(parameter, "A moment of a series lies from 1970 to the year 9999.");
        }
    }

    /// <summary>A length of time in whole milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter than a millisecond, or no whole number of them.</exception>
    public static long Length(TimeSpan length, string parameter)
    {
        if (length < TimeSpan.FromMilliseconds(1) || length.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new ArgumentOutOfRangeException(parameter, "A length of time of a series is a whole number of milliseconds, at least one.");
        }

        return length.Ticks / TimeSpan.TicksPerMillisecond;
    }
}
