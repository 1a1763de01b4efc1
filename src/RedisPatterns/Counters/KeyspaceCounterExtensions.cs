using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Counters and leaderboards of a keyspace.</summary>
public static class KeyspaceCounterExtensions
{
    /// <summary>Counters, one for each subject. Hold it.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public static KeyspaceCounter Counter(this Keyspace keyspace, string name) => new(Known(keyspace), name);

    /// <summary>Counters, one for each subject and period. Hold it.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="keep">How long a period is kept after its end; null for ever.</param>
    /// <param name="timeProvider">The clock that tells which period it is; the system's unless given.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such period, or the time is negative.</exception>
    public static PeriodCounter Counter(this Keyspace keyspace, string name, Period period, TimeSpan? keep = null, TimeProvider? timeProvider = null) =>
        new(name, new PeriodWindows(Known(keyspace), period, keep, timeProvider));

    /// <summary>Estimates of how many different elements each subject has seen. Hold it.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public static KeyspaceDistinctCounter DistinctCounter(this Keyspace keyspace, string name) => new(Known(keyspace), name);

    /// <summary>Estimates of how many different elements each subject has seen in each period. Hold it.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="keep">How long a period is kept after its end; null for ever.</param>
    /// <param name="timeProvider">The clock that tells which period it is; the system's unless given.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such period, or the time is negative.</exception>
    public static PeriodDistinctCounter DistinctCounter(this Keyspace keyspace, string name, Period period, TimeSpan? keep = null, TimeProvider? timeProvider = null) =>
        new(name, new PeriodWindows(Known(keyspace), period, keep, timeProvider));

    /// <summary>A leaderboard. Hold it.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="order">Which score is the best: the highest, unless given.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public static KeyspaceLeaderboard Leaderboard(this Keyspace keyspace, string name, Order order = Order.Descending) => new(Known(keyspace), name, order);

    /// <summary>A leaderboard for each period. Hold it.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="period">How long a period is.</param>
    /// <param name="keep">How long a period is kept after its end; null for ever.</param>
    /// <param name="order">Which score is the best: the highest, unless given.</param>
    /// <param name="timeProvider">The clock that tells which period it is; the system's unless given.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such period, or the time is negative.</exception>
    public static PeriodLeaderboard Leaderboard(this Keyspace keyspace, string name, Period period, TimeSpan? keep = null, Order order = Order.Descending, TimeProvider? timeProvider = null) =>
        new(name, order, new PeriodWindows(Known(keyspace), period, keep, timeProvider));

    private static Keyspace Known(Keyspace keyspace)
    {
        ArgumentNullException.ThrowIfNull(keyspace);
        return keyspace;
    }
}
