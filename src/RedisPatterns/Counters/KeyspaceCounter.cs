using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Counters of a keyspace, one for each subject, whole numbers of 64 bits. Thread-safe; hold it.</summary>
/// <remarks>
/// Each change is one atomic step. After a timeout it is unknown whether it was made, and to repeat it may count twice; where
/// that matters, use an <see cref="AtomicBatch"/> with <see cref="AtomicBatch.RememberAs"/>. For numbers that follow entities,
/// see the totals of a model.
/// </remarks>
public sealed class KeyspaceCounter
{
    private readonly CountedStore _store;
    private readonly Func<string, StoreKey> _key;

    internal KeyspaceCounter(Keyspace keyspace, string name)
        : this(new CountedStore(keyspace.Store, null), keyspace, name, "") => KeyGrammar.ThrowIfBadName(name, "a counter");

    internal KeyspaceCounter(CountedStore store, Keyspace keyspace, string name, string suffix) =>
        (Name, _store, _key) = (name, store, subject => KeyGrammar.Counter(keyspace.Tag, name, subject, suffix));

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Adds to a counter. One round trip.</summary>
    /// <param name="subject">What is counted; any text that is not empty.</param>
    /// <param name="by">How much; may be negative.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The counter's new value.</returns>
    /// <exception cref="NumberOverflowException">The counter would leave its range; it is as it was.</exception>
    public ValueTask<long> IncrementAsync(string subject, long by = 1, CancellationToken cancellationToken = default)
    {
        var key = KeyOf(subject);
        return _store.WriteAsync(key, Strings.Increment(key, by), cancellationToken);
    }

    /// <summary>The value of a counter; 0 for one that was never changed. One round trip.</summary>
    /// <param name="subject">What is counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<long> GetAsync(string subject, CancellationToken cancellationToken = default) => (await GetManyAsync([subject], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The values of several counters, of one moment. One round trip.</summary>
    /// <param name="subjects">What is counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The values in the order of the subjects; 0 for one that was never changed.</returns>
    public async ValueTask<IReadOnlyList<long>> GetManyAsync(IReadOnlyList<string> subjects, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        StoreKey[] keys = [.. subjects.Select(KeyOf)];
        return keys.Length == 0 ? [] : Read(await _store.Store.SendAsync(Strings.GetMany(keys), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sets a counter back to 0. One round trip.</summary>
    /// <param name="subject">What is counted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What it was.</returns>
    public async ValueTask<long> ResetAsync(string subject, CancellationToken cancellationToken = default) =>
        Read([await _store.Store.SendAsync(Strings.GetAndDelete(KeyOf(subject)), cancellationToken).ConfigureAwait(false)])[0];

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static long[] Read(StoreValue[] values) => Array.ConvertAll(values, value => value.IsNull ? 0 : value.AsInt64());

    internal StoreKey KeyOf(string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return _key(subject);
    }
}
