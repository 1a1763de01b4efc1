namespace RedisPatterns;

/// <summary>How a model's totals are counted again.</summary>
public sealed class RecountOptions
{
    internal static RecountOptions Default { get; } = new();

    /// <summary>Whether what is wrong is put right; true unless set.</summary>
    public bool Mends { get; init; } = true;

    /// <summary>How many differences the report names; 1,000 unless set. All are counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MaximumDifferences
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaximumDifferences));
            field = value;
        }
    } = 1_000;

    /// <summary>Told after each batch which share of the entities is counted, 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>How long it rests between batches, to leave the server to others; not at all unless set.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The clock of <see cref="Pause"/>; the system's unless set.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
