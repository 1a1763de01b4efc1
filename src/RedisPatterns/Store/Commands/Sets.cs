namespace RedisPatterns.Commands;

/// <summary>Commands on sets.</summary>
public static partial class Sets
{
    private static readonly ReplyReader<ScanPage<StoreValue>> ReadPage = ScanCall.Page(Replies.Values);

    /// <summary>Adds a member. <c>SADD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <returns>Answers whether it is new.</returns>
    public static StoreCommand<bool> Add(StoreKey key, StoreValue member) => new(CommandTable.SAdd, Replies.Boolean, StoreValue.FromKey(key), member);

    /// <summary>Adds several members. <c>SADD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The members; at least one.</param>
    /// <returns>Answers how many are new.</returns>
    public static StoreCommand<long> Add(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.SAdd, Replies.Int64, WithMembers(key, members));

    /// <summary>Removes a member; a set without members is gone. <c>SREM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The member.</param>
    /// <returns>Answers whether it was there.</returns>
    public static StoreCommand<bool> Remove(StoreKey key, StoreValue member) => new(CommandTable.SRem, Replies.Boolean, StoreValue.FromKey(key), member);

    /// <summary>Removes several members; a set without members is gone. <c>SREM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The members; at least one.</param>
    /// <returns>Answers how many were there.</returns>
    public static StoreCommand<long> Remove(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.SRem, Replies.Int64, WithMembers(key, members));

    /// <summary>All members, in no order. <c>SMEMBERS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the members; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> Members(StoreKey key) => new(CommandTable.SMembers, Replies.Values, StoreValue.FromKey(key));

    /// <summary>Whether a value is a member. <c>SISMEMBER</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="member">The value.</param>
    /// <returns>Answers whether it is.</returns>
    public static StoreCommand<bool> Contains(StoreKey key, StoreValue member) =>
        new(CommandTable.SIsMember, Replies.Boolean, StoreValue.FromKey(key), member);

    /// <summary>Whether values are members. <c>SMISMEMBER</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The values; at least one.</param>
    /// <returns>Answers yes or no for each, in their order.</returns>
    public static StoreCommand<bool[]> ContainsMany(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.SMIsMember, Replies.Booleans, WithMembers(key, members));

    /// <summary>The number of members. <c>SCARD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Length(StoreKey key) => new(CommandTable.SCard, Replies.Int64, StoreValue.FromKey(key));

    /// <summary>Removes a member by chance. <c>SPOP</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the member, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> Pop(StoreKey key) => new(CommandTable.SPop, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Removes several members by chance. <c>SPOP</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">At most how many; 0 or more.</param>
    /// <returns>Answers the members; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> Pop(StoreKey key, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(CommandTable.SPop, Replies.Values, StoreValue.FromKey(key), count);
    }

    /// <summary>A member by chance, which stays. <c>SRANDMEMBER</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the member, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> RandomMember(StoreKey key) => new(CommandTable.SRandMember, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Members by chance, which stay. <c>SRANDMEMBER</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">At most how many different ones; when negative, exactly so many, of which some may be the same.</param>
    /// <returns>Answers the members; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> RandomMembers(StoreKey key, int count) =>
        new(CommandTable.SRandMember, Replies.Values, StoreValue.FromKey(key), count);

    /// <summary>Moves a member to another set. <c>SMOVE</c>.</summary>
    /// <param name="source">The set that loses it.</param>
    /// <param name="destination">The set that gains it. In a cluster it must share the source's hash slot.</param>
    /// <param name="member">The member.</param>
    /// <returns>Answers whether it was moved: it was a member of the source.</returns>
    public static StoreCommand<bool> Move(StoreKey source, StoreKey destination, StoreValue member) =>
        new(CommandTable.SMove, Replies.Boolean, [StoreValue.FromKey(source), StoreValue.FromKey(destination), member]);

    /// <summary>A page of the members. <c>SSCAN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cursor">0 to begin, then the cursor of the page before.</param>
    /// <param name="pattern">A glob pattern, or null for every member.</param>
    /// <param name="count">About how many members the server looks at; at least 1; null leaves it to the server, which takes 10.</param>
    /// <returns>Answers the page; a small set may come whole.</returns>
    public static StoreCommand<ScanPage<StoreValue>> Scan(StoreKey key, ulong cursor = 0, string? pattern = null, int? count = null) =>
        new(CommandTable.SScan, ReadPage, ScanCall.AddTo(new ArgumentList(6).AddKey(key), cursor, pattern, count).ToArray());

    private static StoreValue[] WithMembers(StoreKey key, ReadOnlySpan<StoreValue> members) =>
        new ArgumentList(1 + members.Length).AddKey(key).AddAll(Require.Some(members)).ToArray();
}
