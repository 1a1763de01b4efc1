namespace RedisPatterns.Commands;

public static partial class SortedSets
{
    /// <summary>The members that at least one source has. <c>ZUNION</c>.</summary>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <param name="weights">Factors for the scores of each source; as many as keys, or none.</param>
    /// <param name="aggregate">What becomes of the scores of a member that several have; it only decides the order.</param>
    /// <returns>Answers the members in ascending order of the resulting scores.</returns>
    public static StoreCommand<StoreValue[]> Union(ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights = default, Aggregate aggregate = Aggregate.Sum) =>
        new(CommandTable.ZUnion, Replies.Values, Sources(keys, weights, aggregate).ToArray());

    /// <summary>The members that at least one source has, with their scores. <c>ZUNION</c> with <c>WITHSCORES</c>.</summary>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <param name="weights">Factors for the scores of each source; as many as keys, or none.</param>
    /// <param name="aggregate">What becomes of the scores of a member that several have.</param>
    /// <returns>Answers members and scores in ascending order.</returns>
    public static StoreCommand<SortedSetEntry[]> UnionWithScores(ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights = default, Aggregate aggregate = Aggregate.Sum) =>
        new(CommandTable.ZUnion, SortedSetReplies.Entries, Sources(keys, weights, aggregate).Add("WITHSCORES").ToArray());

    /// <summary>The members that every source has. <c>ZINTER</c>.</summary>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <param name="weights">Factors for the scores of each source; as many as keys, or none.</param>
    /// <param name="aggregate">What becomes of the scores of a member; it only decides the order.</param>
    /// <returns>Answers the members in ascending order of the resulting scores.</returns>
    public static StoreCommand<StoreValue[]> Intersect(ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights = default, Aggregate aggregate = Aggregate.Sum) =>
        new(CommandTable.ZInter, Replies.Values, Sources(keys, weights, aggregate).ToArray());

    /// <summary>The members that every source has, with their scores. <c>ZINTER</c> with <c>WITHSCORES</c>.</summary>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <param name="weights">Factors for the scores of each source; as many as keys, or none.</param>
    /// <param name="aggregate">What becomes of the scores of a member.</param>
    /// <returns>Answers members and scores in ascending order.</returns>
    public static StoreCommand<SortedSetEntry[]> IntersectWithScores(ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights = default, Aggregate aggregate = Aggregate.Sum) =>
        new(CommandTable.ZInter, SortedSetReplies.Entries, Sources(keys, weights, aggregate).Add("WITHSCORES").ToArray());

    /// <summary>The number of members that every source has. <c>ZINTERCARD</c>.</summary>
    /// <param name="keys">The sources: sorted sets or sets; at least one.</param>
    /// <param name="limit">Where counting stops; 0 for never.</param>
    /// <returns>Answers the number.</returns>
    public static StoreCommand<long> IntersectLength(ReadOnlySpan<StoreKey> keys, long limit = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var arguments = new ArgumentList(3 + keys.Length).Add(keys.Length).AddAll(Require.Some(keys));
        return new(CommandTable.ZInterCard, Replies.Int64, (limit > 0 ? arguments.Add("LIMIT").Add(limit) : arguments).ToArray());
    }

    /// <summary>The members of the first source that no other has. <c>ZDIFF</c>.</summary>
    /// <param name="keys">The sources: sorted sets or sets; at least one.</param>
    /// <returns>Answers the members in ascending order of their scores.</returns>
    public static StoreCommand<StoreValue[]> Difference(params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.ZDiff, Replies.Values, new ArgumentList(1 + keys.Length).Add(keys.Length).AddAll(Require.Some(keys)).ToArray());

    /// <summary>The members of the first source that no other has, with their scores. <c>ZDIFF</c> with <c>WITHSCORES</c>.</summary>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <returns>Answers members and scores in ascending order.</returns>
    public static StoreCommand<SortedSetEntry[]> DifferenceWithScores(params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.ZDiff, SortedSetReplies.Entries, new ArgumentList(2 + keys.Length).Add(keys.Length).AddAll(Require.Some(keys)).Add("WITHSCORES").ToArray());

    /// <summary>Stores the union of several sources as a sorted set. <c>ZUNIONSTORE</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when the result is empty.</param>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <param name="weights">Factors for the scores of each source; as many as keys, or none.</param>
    /// <param name="aggregate">What becomes of the scores of a member that several have.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> UnionStore(StoreKey destination, ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights = default, Aggregate aggregate = Aggregate.Sum) =>
        new(CommandTable.ZUnionStore, Replies.Int64, Sources(keys, weights, aggregate, destination).ToArray());

    /// <summary>Stores the intersection of several sources as a sorted set. <c>ZINTERSTORE</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when the result is empty.</param>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <param name="weights">Factors for the scores of each source; as many as keys, or none.</param>
    /// <param name="aggregate">What becomes of the scores of a member.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> IntersectStore(StoreKey destination, ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights = default, Aggregate aggregate = Aggregate.Sum) =>
        new(CommandTable.ZInterStore, Replies.Int64, Sources(keys, weights, aggregate, destination).ToArray());

    /// <summary>Stores the members of the first source that no other has as a sorted set. <c>ZDIFFSTORE</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when the result is empty.</param>
    /// <param name="keys">The sources: sorted sets, or sets whose members count as scored 1; at least one.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> DifferenceStore(StoreKey destination, params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.ZDiffStore, Replies.Int64, new ArgumentList(2 + keys.Length).AddKey(destination).Add(keys.Length).AddAll(Require.Some(keys)).ToArray());

    private static ArgumentList Sources(ReadOnlySpan<StoreKey> keys, ReadOnlySpan<double> weights, Aggregate aggregate, StoreKey? destination = null)
    {
        if (!weights.IsEmpty && weights.Length != keys.Length)
        {
            throw new ArgumentException("There must be as many weights as keys, or none.", nameof(weights));
        }

        var arguments = new ArgumentList(6 + keys.Length + weights.Length);
        if (destination is { } target)
        {
            arguments.AddKey(target);
        }

        arguments.Add(keys.Length).AddAll(Require.Some(keys)).AddIf(!weights.IsEmpty, "WEIGHTS");
        foreach (var weight in weights)
        {
            arguments.Add(Require.Number(weight, nameof(weights)));
        }

        return aggregate switch
        {
            Aggregate.Sum => arguments,
            Aggregate.Min => arguments.Add("AGGREGATE").Add("MIN"),
            Aggregate.Max => arguments.Add("AGGREGATE").Add("MAX"),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
        };
    }
}
