namespace RedisPatterns;

/// <summary>How an <see cref="ExpirySweeper"/> works.</summary>
public sealed class ExpirySweeperOptions
{
    /// <summary>The least <see cref="Interval"/>: 100 milliseconds.</summary>
    public static TimeSpan LeastInterval { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The greatest <see cref="Interval"/>: a day.</summary>
    public static TimeSpan GreatestInterval { get; } = TimeSpan.FromDays(1);

    internal static ExpirySweeperOptions Default { get; } = new();

    /// <summary>How long to wait between runs; a minute unless set, 100 milliseconds to a day.</summary>
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

    /// <summary>How many entities of a repository one run removes at most; 100,000 unless set, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public long LimitPerRun
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(LimitPerRun));
            field = value;
        }
    } = 100_000;

    /// <summary>Told of each failure, by whoever carries on the runs; null for nobody.</summary>
    /// <remarks>What it throws ends the runs, and is thrown by <see cref="ExpirySweeper.DisposeAsync"/>.</remarks>
    public Action<ExpirySweepFailure>? Failed { get; init; }
}
