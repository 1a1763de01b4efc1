namespace RedisPatterns;

/// <summary>How stored entities are brought to the model's schema.</summary>
public sealed class MigrationOptions
{
    private const int GreatestInFlight = 1_000;
    private int _maximumInFlight = 32;
    private int _maximumFailures = 1_000;

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

    /// <summary>How many of the entities that can not be upgraded the report names; by default 1,000. All are counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MaximumFailures
    {
        get => _maximumFailures;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maximumFailures = value;
        }
    }

    /// <summary>Whether nothing is written: every document is upgraded, and the result thrown away.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether it begins at the beginning even where an earlier run was stopped on the way.</summary>
    public bool Restart { get; init; }

    /// <summary>How long it rests between batches, to leave the server to others; by default not at all.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The clock of <see cref="Pause"/>; by default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Told after each batch how far it has come.</summary>
    public IProgress<MigrationProgress>? Progress { get; init; }
}
