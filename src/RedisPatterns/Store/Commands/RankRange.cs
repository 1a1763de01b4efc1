namespace RedisPatterns.Commands;

/// <summary>A range of ranks, both ends included. The first rank is 0; negative ones count from the end, -1 being the last.</summary>
/// <param name="Start">The first rank of the range.</param>
/// <param name="Stop">The last rank of the range.</param>
public readonly record struct RankRange(long Start, long Stop)
{
    /// <summary>All ranks.</summary>
    public static RankRange All => new(0, -1);

    /// <summary>The first ranks.</summary>
    /// <param name="count">How many; at least 1.</param>
    public static RankRange First(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(0, count - 1);
    }
}
