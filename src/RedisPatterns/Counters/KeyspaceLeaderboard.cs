using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Members by score, best first: the top with ties, a member's rank, its neighbours. Thread-safe; hold it.</summary>
/// <remarks>
/// A sorted set. Scores are doubles: whole numbers are exact up to 2^53. Members of equal score have equal ranks; among them
/// stands first whose name comes last by its UTF-8 bytes, or first where the lowest score is the best.
/// </remarks>
public sealed class KeyspaceLeaderboard
{
    private readonly CountedStore _store;
    private readonly StoreKey _key;
    private readonly Order _order;

    internal KeyspaceLeaderboard(Keyspace keyspace, string name, Order order)
        : this(new CountedStore(keyspace.Store, null), keyspace, name, order, "") => KeyGrammar.ThrowIfBadName(name, "a leaderboard");

    internal KeyspaceLeaderboard(CountedStore store, Keyspace keyspace, string name, Order order, string suffix) =>
        (Name, _store, _order, _key) = (name, store, order, KeyGrammar.Leaderboard(keyspace.Tag, name, suffix));

    /// <summary>The most entries of one call.</summary>
    public static int GreatestCount => 1_000;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Sets a member's score. One round trip.</summary>
    /// <param name="member">The member; any text that is not empty.</param>
    /// <param name="score">The score.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether the member is new.</returns>
    /// <exception cref="ArgumentException">The score is not a number.</exception>
    public ValueTask<bool> SetAsync(string member, double score, CancellationToken cancellationToken = default) =>
        _store.WriteAsync(_key, SortedSets.Add(_key, Named(member), Known(score)), cancellationToken);

    /// <summary>Sets a member's score if it is better than the one it has, or it has none. One round trip.</summary>
    /// <param name="member">The member.</param>
    /// <param name="score">The score.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it was set.</returns>
    /// <exception cref="ArgumentException">The score is not a number.</exception>
    public async ValueTask<bool> SetIfBetterAsync(string member, double score, CancellationToken cancellationToken = default) =>
        await _store.WriteAsync(
            _key,
            SortedSets.AddOrUpdate(_key, _order == Order.Descending ? ScoreWhen.AbsentOrGreater : ScoreWhen.AbsentOrLess, new SortedSetEntry(Named(member), Known(score))),
            cancellationToken).ConfigureAwait(false) > 0;

    /// <summary>Adds to a member's score; one that has none begins at 0. One round trip. After a timeout it may or may not have been added.</summary>
    /// <param name="member">The member.</param>
    /// <param name="by">How much; may be negative.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The new score.</returns>
    /// <exception cref="ArgumentException">The number is not a number.</exception>
    public ValueTask<double> AddAsync(string member, double by, CancellationToken cancellationToken = default) =>
        _store.WriteAsync(_key, SortedSets.Increment(_key, Named(member), Known(by)), cancellationToken);

    /// <summary>Removes a member. One round trip.</summary>
    /// <param name="member">The member.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it was there.</returns>
    public ValueTask<bool> RemoveAsync(string member, CancellationToken cancellationToken = default) => _store.Store.SendAsync(SortedSets.Remove(_key, Named(member)), cancellationToken);

    /// <summary>How many members there are. One round trip.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => _store.Store.SendAsync(SortedSets.Length(_key), cancellationToken);

    /// <summary>A member's score and rank. One round trip.</summary>
    /// <param name="member">The member.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The two; null when the member is not there.</returns>
    public async ValueTask<LeaderboardEntry?> GetAsync(string member, CancellationToken cancellationToken = default)
    {
        var found = await AroundAsync(member, 0, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The best members. One round trip.</summary>
    /// <param name="count">How many; 1 to 1,000.</param>
    /// <param name="withTies">Whether those that have the score of the last one come too, another thousand at most.</param>
    /// <param name="skip">How many of the best are left out.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The members, best first, as they are at one moment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ValueTask<IReadOnlyList<LeaderboardEntry>> TopAsync(int count, bool withTies = false, long skip = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, GreatestCount);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return ReadAsync(LeaderboardScript.Top.With([_key], [Direction, skip, count, withTies ? GreatestCount : 0]), cancellationToken);
    }

    /// <summary>A member and its neighbours. One round trip.</summary>
    /// <param name="member">The member.</param>
    /// <param name="count">How many on each side; 0 to 500.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The members, best first, as they are at one moment; none when the member is not there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public ValueTask<IReadOnlyList<LeaderboardEntry>> AroundAsync(string member, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, GreatestCount / 2);
        return ReadAsync(LeaderboardScript.Around.With([_key], [Direction, Named(member), count]), cancellationToken);
    }

    /// <summary>Removes all members. One round trip.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there were any.</returns>
    public ValueTask<bool> ClearAsync(CancellationToken cancellationToken = default) => _store.Store.SendAsync(Keys.Unlink(_key), cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private string Direction => _order == Order.Descending ? LeaderboardScript.HighestFirst : "";

    private static StoreValue Named(string member)
    {
        ArgumentException.ThrowIfNullOrEmpty(member);
        return member;
    }

    private static double Known(double score) => double.IsNaN(score) ? throw new ArgumentException("A score must be a number.", nameof(score)) : score;

    // Position and rank of the first entry, then members and scores in turns.
    private async ValueTask<IReadOnlyList<LeaderboardEntry>> ReadAsync(ScriptCall<StoreValue[]> call, CancellationToken cancellationToken)
    {
        var reply = await _store.Store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        if (reply.Length <= 2)
        {
            return [];
        }

        var (position, rank) = (reply[0].AsInt64(), reply[1].AsInt64());
        var entries = new LeaderboardEntry[(reply.Length - 2) / 2];
        for (var i = 0; i < entries.Length; i++)
        {
            var score = reply[3 + (2 * i)].AsDouble();
            rank = i == 0 || score == entries[i - 1].Score ? rank : position + i + 1;
            entries[i] = new(reply[2 + (2 * i)].AsText()!, score, rank);
        }

        return entries;
    }
}
