using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A leaderboard for each period. Thread-safe; hold it.</summary>
/// <remarks>Each period is a <see cref="KeyspaceLeaderboard"/> that goes by itself when it has been kept long enough.</remarks>
public sealed class PeriodLeaderboard
{
    private readonly PeriodWindows _windows;
    private readonly Order _order;

    internal PeriodLeaderboard(string name, Order order, PeriodWindows windows)
    {
        KeyGrammar.ThrowIfBadName(name, "a leaderboard");
        (Name, _order, _windows) = (name, order, windows);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The period.</summary>
    public Period Period => _windows.Period;

    /// <summary>The leaderboard of the period that it is now. Ask for it anew each time.</summary>
    public KeyspaceLeaderboard Current => In(_windows.Now);

    /// <summary>The leaderboard of the period that a moment lies in.</summary>
    /// <param name="moment">The moment.</param>
    public KeyspaceLeaderboard In(DateTimeOffset moment) => new(_windows.StoreOf(moment), _windows.Keyspace, Name, _order, _windows.SuffixOf(moment));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
