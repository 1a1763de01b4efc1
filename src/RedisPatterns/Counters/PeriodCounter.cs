using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Counters of a keyspace, one for each subject and period. Thread-safe; hold it.</summary>
/// <remarks>Each period is a counter of its own, <see cref="KeyspaceCounter"/>, that goes by itself when it has been kept long enough.</remarks>
public sealed class PeriodCounter
{
    private readonly PeriodWindows _windows;

    internal PeriodCounter(string name, PeriodWindows windows)
    {
        KeyGrammar.ThrowIfBadName(name, "a counter");
        (Name, _windows) = (name, windows);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The period.</summary>
    public Period Period => _windows.Period;

    /// <summary>The counters of the period that it is now. Ask for it anew each time.</summary>
    public KeyspaceCounter Current => In(_windows.Now);

    /// <summary>The counters of the period that a moment lies in.</summary>
    /// <param name="moment">The moment.</param>
    public KeyspaceCounter In(DateTimeOffset moment) => new(_windows.StoreOf(moment), _windows.Keyspace, Name, _windows.SuffixOf(moment));

    /// <summary>The values of a counter in the periods from one moment to another, of one moment. One round trip.</summary>
    /// <param name="subject">What is counted.</param>
    /// <param name="from">A moment of the first period.</param>
    /// <param name="to">A moment of the last period.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A value for every period; 0 where nothing was counted, or is no longer kept.</returns>
    /// <exception cref="ArgumentException">The end is before the beginning, or there are more than a thousand periods; nothing was sent.</exception>
    public async ValueTask<IReadOnlyList<PeriodValue<long>>> GetAsync(string subject, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        var starts = _windows.Between(from, to);
        var values = KeyspaceCounter.Read(await _windows.Keyspace.Store.SendAsync(Strings.GetMany([.. starts.Select(start => In(start).KeyOf(subject))]), cancellationToken).ConfigureAwait(false));
        return [.. starts.Select((start, i) => new PeriodValue<long>(start, values[i]))];
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
