namespace RedisPatterns;

/// <summary>Permits that all instances of an application share, for each subject apart. Thread-safe; hold it.</summary>
/// <remarks>
/// With several rules all must allow, and either all count or none. A subject is whoever is limited: a user, an address, a
/// tenant. Time is the server's. What a subject has taken is in keys that expire by themselves; changed permits hold at once,
/// another kind or period counts anew. After a timeout it is unknown whether permits were taken.
/// </remarks>
public sealed class KeyspaceRateLimiter
{
    private readonly IKeyValueStore _store;
    private readonly Func<string, Keyspace> _keyspaceOf;
    private readonly RateLimitRule[] _rules;
    private readonly StoreValue[] _arguments;
    private readonly RateLimitScript _script;
    private readonly long _most;

    internal KeyspaceRateLimiter(IKeyValueStore store, Func<string, Keyspace> keyspaceOf, string name, RateLimitRule[] rules)
    {
        KeyGrammar.ThrowIfBadName(name, "a rate limiter");
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var rule in rules)
        {
            ArgumentNullException.ThrowIfNull(rule, nameof(rules));
        }

        if (rules.Length == 0)
        {
            throw new ArgumentException("A limiter has at least one rule.", nameof(rules));
        }

        if (rules.Select(rule => rule.Token).Distinct().Count() != rules.Length)
        {
            throw new ArgumentException("Two rules are of the same kind and period.", nameof(rules));
        }

        (_store, _keyspaceOf, Name, _rules) = (store, keyspaceOf, name, [.. rules]);
        _script = RateLimitScript.For(string.Concat(rules.Select(rule => rule.Letter)));
        _most = rules.Min(rule => rule.Burst);
        _arguments = RateLimitScript.ArgumentsOf(_rules);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<RateLimitRule> Rules => _rules;

    /// <summary>Takes permits if every rule has enough, else none. One round trip.</summary>
    /// <param name="subject">Whoever is limited; any text.</param>
    /// <param name="permits">How many; 0 takes none and tells whether there is one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether they were given, what remains, and when to try again.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The permits are negative, or more than a rule ever gives at once.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<RateLimitDecision> AcquireAsync(string subject, long permits = 1, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentOutOfRangeException.ThrowIfNegative(permits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, _most);
        StoreValue[] arguments = [.. _arguments];
        arguments[0] = permits;
        var reply = await _store.EvaluateAsync(_script.Instance.With(KeysOf(subject), arguments), cancellationToken).ConfigureAwait(false);
        return new(reply[0] != 0, reply[1], TimeSpan.FromMilliseconds(reply[2]), reply[3] == 0 ? null : _rules[reply[3] - 1]);
    }

    /// <summary>Forgets what a subject has taken. One round trip.</summary>
    /// <param name="subject">Whoever is limited.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it had taken any.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<bool> ResetAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        return await _store.SendAsync(Commands.Keys.Delete(KeysOf(subject)), cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private StoreKey[] KeysOf(string subject)
    {
        var tag = _keyspaceOf(subject).Tag;
        return Array.ConvertAll(_rules, rule => (StoreKey)KeyGrammar.RateLimit(tag, Name, subject, rule.Token));
    }
}
