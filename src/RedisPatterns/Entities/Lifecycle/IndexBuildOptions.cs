namespace RedisPatterns;

/// <summary>How a model's indexes are built.</summary>
public sealed class IndexBuildOptions
{
    private const int GreatestInFlight = 1_000;
    private int _maximumInFlight = 32;
    private int _maximumReported = 1_000;

    /// <summary>How many entities are worked on at once; 1 to 1,000, by default 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int MaximumInFlight
    {
        get => _maximumInFlight;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestInFlight);
            _maximumInFlight = value;
        }
    }

    /// <summary>How many unreadable entities, and how many duplicates, the report names; by default 1,000 of each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MaximumReported
    {
        get => _maximumReported;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maximumReported = value;
        }
    }

    /// <summary>
    /// How long it waits at the beginning where other code writes too, that does not know the new indexes: such code looks
    /// once a minute whether there are any, and from then on says what it leaves out of them. By default 90 seconds; less is
    /// right only where no such code runs, or where it has begun after the indexes were declared.
    /// </summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long it rests between batches, to leave the server to others; by default not at all.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Whether it begins at the beginning even where an earlier run was stopped on the way.</summary>
    public bool Restart { get; init; }

    /// <summary>Removes, at the end, the indexes that no code has used for so long and that no entity is in; null, the default, removes none.</summary>
    public TimeSpan? DropUnusedFor { get; init; }

    /// <summary>The clock of <see cref="Pause"/> and <see cref="Settle"/>; by default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Told after each batch how far it has come.</summary>
    public IProgress<IndexBuildProgress>? Progress { get; init; }
}
