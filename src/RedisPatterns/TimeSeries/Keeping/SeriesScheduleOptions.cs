namespace RedisPatterns;

/// <summary>How a <see cref="SeriesSchedule"/> works.</summary>
public sealed class SeriesScheduleOptions
{
    /// <summary>The least <see cref="Interval"/>: a second.</summary>
    public static TimeSpan LeastInterval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The greatest <see cref="Interval"/>: 30 days.</summary>
    public static TimeSpan GreatestInterval { get; } = TimeSpan.FromDays(30);

    internal static SeriesScheduleOptions Default { get; } = new();

    /// <summary>How long to wait between runs; a minute unless set, a second to 30 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan Interval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastInterval, nameof(Interval));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestInterval, nameof(Interval));
            field = value;
        }
    } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the samples of each period before they are dropped, as with <see cref="KeyspaceTimeSeries.ApplyRetentionAsync"/>; null for nobody.</summary>
    public Func<SeriesArchive, CancellationToken, ValueTask>? Archive { get; init; }

    /// <summary>Told the name of the set after each run on it, by whoever carries on the runs; null for nobody.</summary>
    /// <remarks>What it throws is told to <see cref="Failed"/>.</remarks>
    public Action<string, SeriesRun>? Done { get; init; }

    /// <summary>Told the name of the set and the error of each failure, by whoever carries on the runs; null for nobody. The next run tries again.</summary>
    /// <remarks>What it throws ends the runs, and is thrown by <see cref="SeriesSchedule.DisposeAsync"/>.</remarks>
    public Action<string, Exception>? Failed { get; init; }
}
