namespace RedisPatterns;

/// <summary>How a keyspace is spread.</summary>
public sealed class PartitionedKeyspaceOptions
{
    private const int GreatestCount = 4_096;
    private int _partitions = 16;
    private TimeSpan _claimPatience = TimeSpan.FromMilliseconds(250);

    /// <summary>The number of partitions, for the life of the keyspace; 1 to 4,096, by default 16.</summary>
    /// <remarks>
    /// Take several times as many as the cluster will ever have masters: a cluster grows by moving slots, not by more of them.
    /// A query asks every partition, so not many more than that.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int Partitions
    {
        get => _partitions;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestCount);
            _partitions = value;
        }
    }

    /// <summary>A tenant, whose keys are apart from those of every other; by default none.</summary>
    public string? Tenant { get; init; }

    /// <summary>
    /// How long a write waits for another that has claimed the same unique value, before it takes it for dead and the claim
    /// for itself; by default 250 ms. No shorter time makes a value be held twice; it only disturbs writes that are slow.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan ClaimPatience
    {
        get => _claimPatience;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _claimPatience = value;
        }
    }

    /// <summary>The clock of <see cref="ClaimPatience"/>; by default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
