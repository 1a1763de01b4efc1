namespace RedisPatterns.Commands;

/// <summary>Commands on sorted sets.</summary>
/// <remarks>
/// Members are ordered by score, and those of equal score by their bytes. The forms that wait for an element (<c>BZPOPMIN</c>
/// and others) are left out: on the one connection that everything shares they would make everybody wait.
/// </remarks>
public static partial class SortedSets
{
    /// <summary>Sets the score of a member. <c>ZADD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <param name="score">The score; infinities will do, NaN will not.</param>
    /// <returns>Answers whether the member was added, rather than being there with the same or another score.</returns>
    public static StoreCommand<bool> Add(StoreKey key, StoreValue member, double score) =>
        new(CommandTable.ZAdd, Replies.Boolean, [StoreValue.FromKey(key), Require.Number(score), member]);

    /// <summary>Sets the scores of members. <c>ZADD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entries">Members and scores; at least one.</param>
    /// <returns>Answers how many members were added; those that were there with another score do not count.</returns>
    public static StoreCommand<long> Add(StoreKey key, params ReadOnlySpan<SortedSetEntry> entries) => Add(key, ScoreWhen.Always, entries);

    /// <summary>Sets the scores of members under a condition. <c>ZADD</c> with <c>NX</c>, <c>XX</c>, <c>GT</c>, <c>LT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="when">When a score is set; looked at for each member by itself.</param>
    /// <param name="entries">Members and scores; at least one.</param>
    /// <returns>Answers how many members were added.</returns>
    public static StoreCommand<long> Add(StoreKey key, ScoreWhen when, params ReadOnlySpan<SortedSetEntry> entries) =>
        Add(key, when, countChanges: false, entries);

    /// <summary>Sets the scores of members under a condition and counts every change. <c>ZADD</c> with <c>CH</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="when">When a score is set; looked at for each member by itself.</param>
    /// <param name="entries">Members and scores; at least one.</param>
    /// <returns>Answers how many members were added or got another score.</returns>
    public static StoreCommand<long> AddOrUpdate(StoreKey key, ScoreWhen when, params ReadOnlySpan<SortedSetEntry> entries) =>
        Add(key, when, countChanges: true, entries);

    /// <summary>Adds to the score of a member; one that is absent counts as 0. <c>ZINCRBY</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <param name="increment">What is added; not NaN.</param>
    /// <returns>Answers the new score. Fails with <see cref="NumberOverflowException"/> when opposite infinities meet.</returns>
    public static StoreCommand<double> Increment(StoreKey key, StoreValue member, double increment) =>
        new(CommandTable.ZIncrBy, Replies.Double, [StoreValue.FromKey(key), Require.Number(increment), member]);

    /// <summary>Adds to the score of a member under a condition. <c>ZADD</c> with <c>INCR</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <param name="increment">What is added; not NaN.</param>
    /// <param name="when">When it is added; "greater" and "less" compare the sum with the score before.</param>
    /// <returns>Answers the new score, or null when the condition did not hold.</returns>
    public static StoreCommand<double?> Increment(StoreKey key, StoreValue member, double increment, ScoreWhen when)
    {
        var arguments = new ArgumentList(6).AddKey(key);
        AddWhen(arguments, when);
        return new(CommandTable.ZAddIncr, Replies.NullableDouble, arguments.Add("INCR").Add(Require.Number(increment)).Add(member).ToArray());
    }

    /// <summary>Removes a member. <c>ZREM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <returns>Answers whether it was there.</returns>
    public static StoreCommand<bool> Remove(StoreKey key, StoreValue member) => new(CommandTable.ZRem, Replies.Boolean, StoreValue.FromKey(key), member);

    /// <summary>Removes members. <c>ZREM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The members; at least one.</param>
    /// <returns>Answers how many were removed.</returns>
    public static StoreCommand<long> Remove(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.ZRem, Replies.Int64, Members(key, members));

    /// <summary>The score of a member. <c>ZSCORE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <returns>Answers the score, or null when the member is absent.</returns>
    public static StoreCommand<double?> Score(StoreKey key, StoreValue member) =>
        new(CommandTable.ZScore, Replies.NullableDouble, StoreValue.FromKey(key), member);

    /// <summary>The scores of members. <c>ZMSCORE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The members; at least one.</param>
    /// <returns>Answers the scores in the order of the members; null for one that is absent.</returns>
    public static StoreCommand<double?[]> Scores(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.ZMScore, Replies.NullableDoubles, Members(key, members));

    /// <summary>The number of members. <c>ZCARD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Length(StoreKey key) => new(CommandTable.ZCard, Replies.Int64, StoreValue.FromKey(key));

    /// <summary>The rank of a member. <c>ZRANK</c>, <c>ZREVRANK</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <param name="order">Whether the lowest or the highest score has rank 0.</param>
    /// <returns>Answers the rank, or null when the member is absent.</returns>
    public static StoreCommand<long?> Rank(StoreKey key, StoreValue member, Order order = Order.Ascending) =>
        new(order == Order.Ascending ? CommandTable.ZRank : CommandTable.ZRevRank, Replies.NullableInt64, StoreValue.FromKey(key), member);

    /// <summary>A member taken by chance. <c>ZRANDMEMBER</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the member, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> RandomMember(StoreKey key) => new(CommandTable.ZRandMember, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Members taken by chance. <c>ZRANDMEMBER</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many different ones at most; negative: exactly so many, in which one may come more than once.</param>
    /// <returns>Answers the members.</returns>
    public static StoreCommand<StoreValue[]> RandomMembers(StoreKey key, long count) =>
        new(CommandTable.ZRandMember, Replies.Values, StoreValue.FromKey(key), RandomCount(count));

    /// <summary>Members taken by chance, with their scores. <c>ZRANDMEMBER</c> with <c>WITHSCORES</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many different ones at most; negative: exactly so many, in which one may come more than once.</param>
    /// <returns>Answers members and scores.</returns>
    public static StoreCommand<SortedSetEntry[]> RandomMembersWithScores(StoreKey key, long count) =>
        new(CommandTable.ZRandMember, SortedSetReplies.Entries, [StoreValue.FromKey(key), RandomCount(count), "WITHSCORES"]);

    /// <summary>A page of the members in no particular order. <c>ZSCAN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cursor">0 to begin, then the cursor of the page before.</param>
    /// <param name="pattern">A glob pattern that members must match, or null for all.</param>
    /// <param name="count">About how many members are looked at, or null for the server's default of 10; at least 1.</param>
    /// <returns>Answers the page.</returns>
    public static StoreCommand<ScanPage<SortedSetEntry>> Scan(StoreKey key, ulong cursor = 0, string? pattern = null, int? count = null) =>
        new(CommandTable.ZScan, ScanCall.Page(SortedSetReplies.Entries), ScanCall.AddTo(new ArgumentList(6).AddKey(key), cursor, pattern, count).ToArray());

    private static StoreCommand<long> Add(StoreKey key, ScoreWhen when, bool countChanges, ReadOnlySpan<SortedSetEntry> entries)
    {
        var arguments = new ArgumentList(4 + (2 * entries.Length)).AddKey(key);
        var options = AddWhen(arguments, when) + (countChanges ? 1 : 0);
        arguments.AddIf(countChanges, "CH");
        foreach (var (member, score) in Require.Some(entries))
        {
            arguments.Add(Require.Number(score, nameof(entries))).Add(member);
        }

        return new(CommandTable.ZAddWith(options), Replies.Int64, arguments.ToArray());
    }

    private static int AddWhen(ArgumentList arguments, ScoreWhen when)
    {
        ReadOnlySpan<string> words = when switch
        {
            ScoreWhen.Always => [],
            ScoreWhen.Absent => ["NX"],
            ScoreWhen.Exists => ["XX"],
            ScoreWhen.AbsentOrGreater => ["GT"],
            ScoreWhen.AbsentOrLess => ["LT"],
            ScoreWhen.ExistsAndGreater => ["XX", "GT"],
            ScoreWhen.ExistsAndLess => ["XX", "LT"],
            _ => throw new ArgumentOutOfRangeException(nameof(when)),
        };
        foreach (var word in words)
        {
            arguments.Add(word);
        }

        return words.Length;
    }

    private static StoreValue[] Members(StoreKey key, ReadOnlySpan<StoreValue> members) =>
        new ArgumentList(1 + members.Length).AddKey(key).AddAll(Require.Some(members)).ToArray();

    private static long RandomCount(long count)
    {
        // The server answers pairs: it refuses what would not fit twice.
        ArgumentOutOfRangeException.ThrowIfLessThan(count, long.MinValue / 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, long.MaxValue / 2);
        return count;
    }
}
