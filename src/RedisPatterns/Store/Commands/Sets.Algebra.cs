namespace RedisPatterns.Commands;

// Several sets together.
public static partial class Sets
{
    /// <summary>The members that all sets have, in no order. <c>SINTER</c>.</summary>
    /// <param name="keys">The sets; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the members.</returns>
    public static StoreCommand<StoreValue[]> Intersect(params ReadOnlySpan<StoreKey> keys) => new(CommandTable.SInter, Replies.Values, All(keys));

    /// <summary>The members that any of the sets has, each once, in no order. <c>SUNION</c>.</summary>
    /// <param name="keys">The sets; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the members.</returns>
    public static StoreCommand<StoreValue[]> Union(params ReadOnlySpan<StoreKey> keys) => new(CommandTable.SUnion, Replies.Values, All(keys));

    /// <summary>The members of the first set that none of the others has, in no order. <c>SDIFF</c>.</summary>
    /// <param name="keys">The sets; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the members.</returns>
    public static StoreCommand<StoreValue[]> Difference(params ReadOnlySpan<StoreKey> keys) => new(CommandTable.SDiff, Replies.Values, All(keys));

    /// <summary>How many members all sets have. <c>SINTERCARD</c>.</summary>
    /// <param name="keys">The sets; at least one. In a cluster they must share a hash slot.</param>
    /// <param name="limit">Where counting stops; 0 for never.</param>
    /// <returns>Answers the number, at most the limit.</returns>
    public static StoreCommand<long> IntersectLength(ReadOnlySpan<StoreKey> keys, long limit = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var arguments = new ArgumentList(3 + keys.Length).Add(keys.Length).AddAll(Require.Some(keys));
        if (limit > 0)
        {
            arguments.Add("LIMIT").Add(limit);
        }

        return new(CommandTable.SInterCard, Replies.Int64, arguments.ToArray());
    }

    /// <summary>Stores the members that all sets have in place of what the destination held. <c>SINTERSTORE</c>.</summary>
    /// <param name="destination">The key that is written; it is gone when there are no members.</param>
    /// <param name="keys">The sets; at least one. In a cluster all keys must share a hash slot.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> IntersectStore(StoreKey destination, params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.SInterStore, Replies.Int64, All(destination, keys));

    /// <summary>Stores the members that any of the sets has in place of what the destination held. <c>SUNIONSTORE</c>.</summary>
    /// <param name="destination">The key that is written; it is gone when there are no members.</param>
    /// <param name="keys">The sets; at least one. In a cluster all keys must share a hash slot.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> UnionStore(StoreKey destination, params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.SUnionStore, Replies.Int64, All(destination, keys));

    /// <summary>Stores the members of the first set that none of the others has in place of what the destination held. <c>SDIFFSTORE</c>.</summary>
    /// <param name="destination">The key that is written; it is gone when there are no members.</param>
    /// <param name="keys">The sets; at least one. In a cluster all keys must share a hash slot.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> DifferenceStore(StoreKey destination, params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.SDiffStore, Replies.Int64, All(destination, keys));

    private static StoreValue[] All(ReadOnlySpan<StoreKey> keys) => new ArgumentList(keys.Length).AddAll(Require.Some(keys)).ToArray();

    private static StoreValue[] All(StoreKey destination, ReadOnlySpan<StoreKey> keys) =>
        new ArgumentList(1 + keys.Length).AddKey(destination).AddAll(Require.Some(keys)).ToArray();
}
