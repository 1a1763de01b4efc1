namespace RedisPatterns;

/// <summary>How a <see cref="RecountSchedule"/> works.</summary>
public sealed class RecountScheduleOptions
{
    /// <summary>The least <see cref="Interval"/>: a second.</summary>
    public static TimeSpan LeastInterval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The greatest <see cref="Interval"/>: 30 days.</summary>
    public static TimeSpan GreatestInterval { get; } = TimeSpan.FromDays(30);

    internal static RecountScheduleOptions Default { get; } = new();

    /// <summary>How long to wait between runs; a day unless set, a second to 30 days.</summary>
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
    } = TimeSpan.FromDays(1);

    /// <summary>How each recount is done; it puts right what is wrong unless set otherwise.</summary>
    public RecountOptions Recount { get; init; } = RecountOptions.Default;

    /// <summary>Told the name of the model and the report after each recount of a keyspace or partition, by whoever carries on the runs; null for nobody.</summary>
    /// <remarks>What it throws is told to <see cref="Failed"/>.</remarks>
    public Action<string, RecountReport>? Done { get; init; }

    /// <summary>Told the name of the model and the error of each failure, by whoever carries on the runs; null for nobody. The next run tries again.</summary>
    /// <remarks>What it throws ends the runs, and is thrown by <see cref="RecountSchedule.DisposeAsync"/>.</remarks>
    public Action<string, Exception>? Failed { get; init; }
}
