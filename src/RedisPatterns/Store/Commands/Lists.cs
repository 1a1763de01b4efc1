namespace RedisPatterns.Commands;

/// <summary>Commands on lists.</summary>
/// <remarks>
/// The blocking commands (<c>BLPOP</c>, <c>BRPOP</c>, <c>BLMOVE</c>, <c>BLMPOP</c>) are not offered: a store sends the commands of
/// all callers over one shared connection, which a blocking command would hold for every one of them. To wait for work, use a
/// stream with a consumer group, or pop again after a message on a channel.
/// </remarks>
public static class Lists
{
    private static readonly ReplyReader<PoppedElements?> ReadPopped = static reply =>
        reply.IsNull ? null
        : reply.Kind == StoreReplyKind.Array && reply.Items.Length == 2
            && Replies.ToValue(reply.Items[0]).ToArray() is { } key ? new(new StoreKey(key), Replies.Values(reply.Items[1]))
        : throw Replies.Unexpected(reply);

    /// <summary>Puts elements before the first, one after the other, so that the last one given comes first. <c>LPUSH</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="elements">The elements; at least one.</param>
    /// <returns>Answers the length afterwards.</returns>
    public static StoreCommand<long> LeftPush(StoreKey key, params ReadOnlySpan<StoreValue> elements) => Push(CommandTable.LPush, key, elements);

    /// <summary>Puts elements behind the last, in their order. <c>RPUSH</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="elements">The elements; at least one.</param>
    /// <returns>Answers the length afterwards.</returns>
    public static StoreCommand<long> RightPush(StoreKey key, params ReadOnlySpan<StoreValue> elements) => Push(CommandTable.RPush, key, elements);

    /// <summary>Puts elements before the first, if the list exists. <c>LPUSHX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="elements">The elements; at least one.</param>
    /// <returns>Answers the length afterwards; 0 when the list does not exist.</returns>
    public static StoreCommand<long> LeftPushIfExists(StoreKey key, params ReadOnlySpan<StoreValue> elements) => Push(CommandTable.LPushX, key, elements);

    /// <summary>Puts elements behind the last, if the list exists. <c>RPUSHX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="elements">The elements; at least one.</param>
    /// <returns>Answers the length afterwards; 0 when the list does not exist.</returns>
    public static StoreCommand<long> RightPushIfExists(StoreKey key, params ReadOnlySpan<StoreValue> elements) => Push(CommandTable.RPushX, key, elements);

    /// <summary>Takes the first element; a list without elements is gone. <c>LPOP</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the element, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> LeftPop(StoreKey key) => new(CommandTable.LPop, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Takes the first elements; a list without elements is gone. <c>LPOP</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">At most how many; 0 or more.</param>
    /// <returns>Answers the elements, the first one first; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> LeftPop(StoreKey key, int count) => Pop(CommandTable.LPop, key, count);

    /// <summary>Takes the last element; a list without elements is gone. <c>RPOP</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the element, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> RightPop(StoreKey key) => new(CommandTable.RPop, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Takes the last elements; a list without elements is gone. <c>RPOP</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">At most how many; 0 or more.</param>
    /// <returns>Answers the elements, the last one first; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> RightPop(StoreKey key, int count) => Pop(CommandTable.RPop, key, count);

    /// <summary>Takes elements from the first of several lists that has any. <c>LMPOP</c>.</summary>
    /// <param name="keys">The lists; at least one. In a cluster they must share a hash slot.</param>
    /// <param name="side">The end from which they are taken.</param>
    /// <param name="count">At most how many; at least 1.</param>
    /// <returns>Answers the list and its elements; null when no list has any.</returns>
    public static StoreCommand<PoppedElements?> PopFirst(ReadOnlySpan<StoreKey> keys, ListSide side, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var arguments = new ArgumentList(4 + keys.Length).Add(keys.Length).AddAll(Require.Some(keys)).Add(Word(side));
        if (count > 1)
        {
            arguments.Add("COUNT").Add(count);
        }

        return new(CommandTable.LMPop, ReadPopped, arguments.ToArray());
    }

    /// <summary>Takes an element from one list and puts it into another, or the same. <c>LMOVE</c>.</summary>
    /// <param name="source">The list that loses it.</param>
    /// <param name="destination">The list that gains it. In a cluster it must share the source's hash slot.</param>
    /// <param name="from">The end of the source from which it is taken.</param>
    /// <param name="to">The end of the destination to which it is put.</param>
    /// <returns>Answers the element, or <see cref="StoreValue.Null"/> when the source does not exist.</returns>
    public static StoreCommand<StoreValue> Move(StoreKey source, StoreKey destination, ListSide from, ListSide to) =>
        new(CommandTable.LMove, Replies.Value, [StoreValue.FromKey(source), StoreValue.FromKey(destination), Word(from), Word(to)]);

    /// <summary>Reads a part of a list. <c>LRANGE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="start">The first index; negative counts from the end, -1 being the last.</param>
    /// <param name="stop">The last index, itself included.</param>
    /// <returns>Answers the elements; none when there are none in the range.</returns>
    public static StoreCommand<StoreValue[]> Range(StoreKey key, long start = 0, long stop = -1) =>
        new(CommandTable.LRange, Replies.Values, [StoreValue.FromKey(key), start, stop]);

    /// <summary>Reads an element. <c>LINDEX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="index">The index; negative counts from the end, -1 being the last.</param>
    /// <returns>Answers the element, or <see cref="StoreValue.Null"/> when there is none.</returns>
    public static StoreCommand<StoreValue> Get(StoreKey key, long index) => new(CommandTable.LIndex, Replies.Value, StoreValue.FromKey(key), index);

    /// <summary>The number of elements. <c>LLEN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Length(StoreKey key) => new(CommandTable.LLen, Replies.Int64, StoreValue.FromKey(key));

    /// <summary>Replaces an element. <c>LSET</c>.</summary>
    /// <param name="key">The key. It must exist.</param>
    /// <param name="index">The index; negative counts from the end, -1 being the last.</param>
    /// <param name="element">The element.</param>
    /// <returns>Answers true. Fails with <see cref="NoSuchKeyException"/> or <see cref="ElementIndexException"/>.</returns>
    public static StoreCommand<bool> Set(StoreKey key, long index, StoreValue element) =>
        new(CommandTable.LSet, Replies.Ok, [StoreValue.FromKey(key), index, element]);

    /// <summary>Inserts an element before the first one that equals a pivot. <c>LINSERT</c> with <c>BEFORE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="pivot">The pivot.</param>
    /// <param name="element">The element.</param>
    /// <returns>Answers the length afterwards; -1 when there is no such pivot, 0 when the key does not exist.</returns>
    public static StoreCommand<long> InsertBefore(StoreKey key, StoreValue pivot, StoreValue element) =>
        new(CommandTable.LInsert, Replies.Int64, [StoreValue.FromKey(key), "BEFORE", pivot, element]);

    /// <summary>Inserts an element behind the first one that equals a pivot. <c>LINSERT</c> with <c>AFTER</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="pivot">The pivot.</param>
    /// <param name="element">The element.</param>
    /// <returns>Answers the length afterwards; -1 when there is no such pivot, 0 when the key does not exist.</returns>
    public static StoreCommand<long> InsertAfter(StoreKey key, StoreValue pivot, StoreValue element) =>
        new(CommandTable.LInsert, Replies.Int64, [StoreValue.FromKey(key), "AFTER", pivot, element]);

    /// <summary>Removes elements that equal a value. <c>LREM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="element">The value.</param>
    /// <param name="count">At most how many, from the first on; when negative, from the last on; 0 for all.</param>
    /// <returns>Answers how many were removed.</returns>
    public static StoreCommand<long> Remove(StoreKey key, StoreValue element, long count = 0) =>
        new(CommandTable.LRem, Replies.Int64, [StoreValue.FromKey(key), count, element]);

    /// <summary>Removes all elements outside a range; a list without elements is gone. <c>LTRIM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="start">The first index that stays; negative counts from the end, -1 being the last.</param>
    /// <param name="stop">The last index that stays.</param>
    /// <returns>Answers true.</returns>
    public static StoreCommand<bool> Trim(StoreKey key, long start, long stop) =>
        new(CommandTable.LTrim, Replies.Ok, [StoreValue.FromKey(key), start, stop]);

    /// <summary>The index of an element that equals a value. <c>LPOS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="element">The value.</param>
    /// <param name="rank">Which one: 1 the first, 2 the second; -1 the last, -2 the one before; never 0.</param>
    /// <param name="maxLength">At most how many elements are looked at; 0 for all.</param>
    /// <returns>Answers the index, counted from the first element; null when there is none.</returns>
    public static StoreCommand<long?> Position(StoreKey key, StoreValue element, long rank = 1, long maxLength = 0) =>
        new(CommandTable.LPos, Replies.NullableInt64, PositionArguments(key, element, rank, maxLength).ToArray());

    /// <summary>The indexes of the elements that equal a value. <c>LPOS</c> with <c>COUNT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="element">The value.</param>
    /// <param name="count">At most how many indexes; 0 for all.</param>
    /// <param name="rank">Which one comes first: 1 the first, 2 the second; when negative, from the last on; never 0.</param>
    /// <param name="maxLength">At most how many elements are looked at; 0 for all.</param>
    /// <returns>Answers the indexes, counted from the first element.</returns>
    public static StoreCommand<long[]> Positions(StoreKey key, StoreValue element, long count = 0, long rank = 1, long maxLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(CommandTable.LPos, Replies.Int64s, PositionArguments(key, element, rank, maxLength).Add("COUNT").Add(count).ToArray());
    }

    private static StoreCommand<long> Push(CommandDefinition definition, StoreKey key, ReadOnlySpan<StoreValue> elements) =>
        elements.Length == 1
            ? new(definition, Replies.Int64, StoreValue.FromKey(key), elements[0])
            : new(definition, Replies.Int64, new ArgumentList(1 + elements.Length).AddKey(key).AddAll(Require.Some(elements)).ToArray());

    private static StoreCommand<StoreValue[]> Pop(CommandDefinition definition, StoreKey key, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(definition, Replies.Values, StoreValue.FromKey(key), count);
    }

    private static ArgumentList PositionArguments(StoreKey key, StoreValue element, long rank, long maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rank);
        ArgumentOutOfRangeException.ThrowIfEqual(rank, long.MinValue);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        var arguments = new ArgumentList(8).AddKey(key).Add(element);
        if (rank != 1)
        {
            arguments.Add("RANK").Add(rank);
        }

        return maxLength == 0 ? arguments : arguments.Add("MAXLEN").Add(maxLength);
    }

    private static StoreValue Word(ListSide side) => side switch
    {
        ListSide.Left => "LEFT",
        ListSide.Right => "RIGHT",
        _ => throw new ArgumentOutOfRangeException(nameof(side), "A list has a left and a right end."),
    };
}
