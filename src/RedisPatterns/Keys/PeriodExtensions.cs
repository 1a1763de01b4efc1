using System.Globalization;

namespace RedisPatterns;

/// <summary>Where periods begin, and how keys name them.</summary>
public static class PeriodExtensions
{
    /// <summary>The first moment of the period that a moment lies in, in UTC.</summary>
    /// <param name="period">The period.</param>
    /// <param name="moment">The moment.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such period, or the moment lies in the first week that a date can tell, which begins before.</exception>
    public static DateTimeOffset StartOf(this Period period, DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return new DateTimeOffset(
            period switch
            {
                Period.Hour => utc.Date.AddHours(utc.Hour),
                Period.Day => utc.Date,
                Period.Week => utc.Date.AddDays(-(((int)utc.DayOfWeek + 6) % 7)),
                Period.Month => new DateTime(utc.Year, utc.Month, 1),
                Period.Year => new DateTime(utc.Year, 1, 1),
                _ => throw new ArgumentOutOfRangeException(nameof(period)),
            },
            TimeSpan.Zero);
    }

    /// <summary>The first moment behind the period that begins at a moment.</summary>
    /// <param name="period">The period.</param>
    /// <param name="start">Its first moment.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such period, or a date can not tell the moment.</exception>
    public static DateTimeOffset EndOf(this Period period, DateTimeOffset start) => period switch
    {
        Period.Hour => start.AddHours(1),
        Period.Day => start.AddDays(1),
        Period.Week => start.AddDays(7),
        Period.Month => start.AddMonths(1),
        Period.Year => start.AddYears(1),
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>The period that a moment lies in as a part of keys: <c>2026-11-29T10</c>, <c>2026-11-29</c>, <c>2026-W48</c>, <c>2026-11</c>, <c>2026</c>.</summary>
    internal static string TextOf(this Period period, DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return period switch
        {
            Period.Hour => utc.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture),
            Period.Day => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Period.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(utc):D4}-W{ISOWeek.GetWeekOfYear(utc):D2}"),
            Period.Month => utc.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Period.Year => utc.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };
    }

    /// <summary>The letter of a period in definitions.</summary>
    internal static char Letter(this Period period) => period switch
    {
        Period.Hour => 'h',
        Period.Day => 'd',
        Period.Week => 'w',
        Period.Month => 'm',
        Period.Year => 'y',
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>The first moments of the periods from that of one moment to that of another, both included.</summary>
    /// <exception cref="ArgumentException">The second moment is before the first, or there are more periods than the most.</exception>
    internal static List<DateTimeOffset> Between(this Period period, DateTimeOffset from, DateTimeOffset to, int most)
    {
        if (to < from)
        {
            throw new ArgumentException("The end is before the beginning.", nameof(to));
        }

        var starts = new List<DateTimeOffset>();
        var last = period.StartOf(to);
        for (var start = period.StartOf(from); start <= last; start = period.EndOf(start))
        {
            if (starts.Count == most)
            {
                throw new ArgumentException($"More than {most} periods at once.", nameof(to));
            }

            starts.Add(start);
        }

        return starts;
    }
}
