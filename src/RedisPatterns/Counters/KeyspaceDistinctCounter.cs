using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Estimates how many different elements each subject has seen, in 12 KB at most however many they are. Thread-safe; hold it.</summary>
/// <remarks>
/// A HyperLogLog (Flajolet et al. 2007, as Redis implements it): the standard error is 0.81 %, small numbers are nearly exact.
/// What was added can not be taken away; to add an element again changes nothing, so an addition may be repeated. Exact
/// numbers that follow entities: a count of the model by group, and <c>CountGroupsAsync</c>.
/// </remarks>
public sealed class KeyspaceDistinctCounter
{
    private readonly CountedStore _store;
    private readonly Func<string, StoreKey> _key;

    internal KeyspaceDistinctCounter(Keyspace keyspace, string name)
        : this(new CountedStore(keyspace.Store, null), keyspace, name, "") => KeyGrammar.ThrowIfBadName(name, "a distinct counter");

    internal KeyspaceDistinctCounter(CountedStore store, Keyspace keyspace, string name, string suffix) =>
        (Name, _store, _key) = (name, store, subject => KeyGrammar.DistinctCounter(keyspace.Tag, name, subject, suffix));

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Adds elements that a subject has seen. One round trip.</summary>
    /// <param name="subject">What is counted; any text that is not empty.</param>
    /// <param name="elements">The elements; at least one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether the estimate may have changed; false says that all were probably seen before.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public ValueTask<bool> AddAsync(string subject, IReadOnlyCollection<string> elements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var key = KeyOf(subject);
        return elements.Count == 0
            ? throw new ArgumentException("There is no element to add.", nameof(elements))
            : _store.WriteAsync(key, HyperLogLogs.Add(key, [.. elements.Select(element => (StoreValue)element)]), cancellationToken);
    }

    /// <summary>How many different elements a subject has seen, about; 0 for one that has seen none. One round trip.</summary>
    /// <param name="subject">What is counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<long> CountAsync(string subject, CancellationToken cancellationToken = default) => CountAnyAsync([subject], cancellationToken);

    /// <summary>How many different elements at least one of several subjects has seen, about. One round trip; the server reads 12 KB for each subject.</summary>
    /// <param name="subjects">What is counted; at least one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">There is no subject.</exception>
    public ValueTask<long> CountAnyAsync(IReadOnlyCollection<string> subjects, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return subjects.Count == 0
            ? throw new ArgumentException("There is no subject to count.", nameof(subjects))
            : _store.Store.SendAsync(HyperLogLogs.Count([.. subjects.Select(KeyOf)]), cancellationToken);
    }

    /// <summary>Forgets what a subject has seen. One round trip.</summary>
    /// <param name="subject">What is counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it had seen anything.</returns>
    public ValueTask<bool> ResetAsync(string subject, CancellationToken cancellationToken = default) => _store.Store.SendAsync(Keys.Delete(KeyOf(subject)), cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal StoreKey KeyOf(string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return _key(subject);
    }
}
