using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Estimates how many different elements each subject has seen in each period, and in several together. Thread-safe; hold it.</summary>
/// <remarks>Each period is a <see cref="KeyspaceDistinctCounter"/> that goes by itself when it has been kept long enough.</remarks>
public sealed class PeriodDistinctCounter
{
    private readonly PeriodWindows _windows;

    internal PeriodDistinctCounter(string name, PeriodWindows windows)
    {
        KeyGrammar.ThrowIfBadName(name, "a distinct counter");
        (Name, _windows) = (name, windows);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The period.</summary>
    public Period Period => _windows.Period;

    /// <summary>The counters of the period that it is now. Ask for it anew each time.</summary>
    public KeyspaceDistinctCounter Current => In(_windows.Now);

    /// <summary>The counters of the period that a moment lies in.</summary>
    /// <param name="moment">The moment.</param>
    public KeyspaceDistinctCounter In(DateTimeOffset moment) => new(_windows.StoreOf(moment), _windows.Keyspace, Name, _windows.SuffixOf(moment));

    /// <summary>How many different elements a subject has seen in the periods from one moment to another, each once however many periods it came in. One round trip; the server reads 12 KB for each period.</summary>
    /// <param name="subject">What is counted.</param>
    /// <param name="from">A moment of the first period.</param>
    /// <param name="to">A moment of the last period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The end is before the beginning, or there are more than a thousand periods; nothing was sent.</exception>
    public ValueTask<long> CountAsync(string subject, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        _windows.Keyspace.Store.SendAsync(HyperLogLogs.Count([.. _windows.Between(from, to).Select(start => In(start).KeyOf(subject))]), cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
