namespace RedisPatterns.Commands;

/// <summary>Commands on streams.</summary>
/// <remarks>
/// The forms that wait for entries (<c>BLOCK</c>) are left out: on the one connection that everything shares they would make
/// everybody wait.
/// </remarks>
public static partial class Streams
{
    /// <summary>Adds an entry with an id by the server's clock. <c>XADD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fields">Fields and values; at least one. A field may come more than once.</param>
    /// <returns>Answers the id.</returns>
    public static StoreCommand<StreamId> Add(StoreKey key, params ReadOnlySpan<KeyValuePair<StoreValue, StoreValue>> fields) =>
        new(CommandTable.XAdd, StreamReplies.Id, AddArguments(key, StreamNewId.Auto, fields, trim: null, onlyIfExists: false));

    /// <summary>Adds an entry. <c>XADD</c> with <c>NOMKSTREAM</c>, <c>MAXLEN</c>, <c>MINID</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The id that it gets.</param>
    /// <param name="fields">Fields and values; at least one. A field may come more than once.</param>
    /// <param name="trim">Down to what the stream is trimmed afterwards, or null.</param>
    /// <param name="onlyIfExists">Whether nothing is added when the key does not exist.</param>
    /// <returns>
    /// Answers the id, or null when the key does not exist and was not to be made. Fails with <see cref="StreamIdException"/>
    /// when the given id does not come after the last one.
    /// </returns>
    public static StoreCommand<StreamId?> Add(
        StoreKey key,
        StreamNewId id,
        ReadOnlySpan<KeyValuePair<StoreValue, StoreValue>> fields,
        StreamTrim? trim = null,
        bool onlyIfExists = false) => new(CommandTable.XAdd, StreamReplies.NullableId, AddArguments(key, id, fields, trim, onlyIfExists));

    /// <summary>Removes the oldest entries. <c>XTRIM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="trim">Down to what.</param>
    /// <returns>Answers how many entries were removed.</returns>
    public static StoreCommand<long> Trim(StoreKey key, StreamTrim trim) =>
        new(CommandTable.XTrim, Replies.Int64, trim.AddTo(new ArgumentList(6).AddKey(key), nameof(trim)).ToArray());

    /// <summary>Removes entries. <c>XDEL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="ids">Their ids; at least one.</param>
    /// <returns>Answers how many were removed. The stream remains also when it is empty.</returns>
    public static StoreCommand<long> Delete(StoreKey key, params ReadOnlySpan<StreamId> ids) =>
        new(CommandTable.XDel, Replies.Int64, WithIds(new ArgumentList(1 + ids.Length).AddKey(key), ids).ToArray());

    /// <summary>The number of entries. <c>XLEN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Length(StoreKey key) => new(CommandTable.XLen, Replies.Int64, StoreValue.FromKey(key));

    /// <summary>The entries of a range of ids. <c>XRANGE</c>, <c>XREVRANGE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The ids.</param>
    /// <param name="order">The order.</param>
    /// <param name="count">How many entries at most, or null for all; at least 1.</param>
    /// <returns>Answers the entries in that order.</returns>
    public static StoreCommand<StreamEntry[]> Range(StoreKey key, StreamRange range, Order order = Order.Ascending, long? count = null)
    {
        var ascending = order == Order.Ascending;
        var arguments = new ArgumentList(5).AddKey(key)
            .Add(ascending ? range.MinArgument : range.MaxArgument)
            .Add(ascending ? range.MaxArgument : range.MinArgument);
        return new(ascending ? CommandTable.XRange : CommandTable.XRevRange, StreamReplies.Entries, WithCount(arguments, count).ToArray());
    }

    /// <summary>The entries of a stream after an id. <c>XREAD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="after">The id, itself not read.</param>
    /// <param name="count">How many entries at most, or null for all; at least 1.</param>
    /// <returns>Answers the entries; none when there are none yet.</returns>
    public static StoreCommand<StreamEntry[]> Read(StoreKey key, StreamId after, long? count = null) =>
        new(CommandTable.XRead, StreamReplies.OnlyStream, ReadArguments(new ArgumentList(5), count, noAck: false, [StreamPosition.Behind(key, after)]));

    /// <summary>The entries of several streams after an id in each. <c>XREAD</c>.</summary>
    /// <param name="count">How many entries of each stream at most, or null for all; at least 1.</param>
    /// <param name="positions">The streams; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the streams that have such entries.</returns>
    public static StoreCommand<StreamEntries[]> Read(long? count, params ReadOnlySpan<StreamPosition> positions)
    {
        foreach (var position in positions)
        {
            if (position.After is null)
            {
                throw new ArgumentException("Undelivered entries are read by a group; give the id after which to read.", nameof(positions));
            }
        }

        return new(CommandTable.XRead, StreamReplies.Streams, ReadArguments(new ArgumentList(3 + (2 * positions.Length)), count, noAck: false, positions));
    }

    /// <summary>Sets the last id and the counters of a stream, for replication and restoring. <c>XSETID</c>.</summary>
    /// <param name="key">The key; it must exist.</param>
    /// <param name="lastId">The last id; not before that of the last entry.</param>
    /// <param name="entriesAdded">How many entries count as ever added, or null to leave it; together with the next.</param>
    /// <param name="maxDeletedId">The greatest deleted id, or null to leave it.</param>
    /// <returns>Answers true. Fails with <see cref="NoSuchKeyException"/> or <see cref="StreamIdException"/>.</returns>
    public static StoreCommand<bool> SetLastId(StoreKey key, StreamId lastId, long? entriesAdded = null, StreamId? maxDeletedId = null)
    {
        var arguments = new ArgumentList(6).AddKey(key).Add(lastId.ToString());
        if (entriesAdded is { } added)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(added, nameof(entriesAdded));
            arguments.Add("ENTRIESADDED").Add(added);
        }

        if (maxDeletedId is { } deleted)
        {
            arguments.Add("MAXDELETEDID").Add(deleted.ToString());
        }

        return new(CommandTable.XSetId, Replies.Ok, arguments.ToArray());
    }

    /// <summary>A stream's state. <c>XINFO STREAM</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the state. Fails with <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<StreamInfo> Info(StoreKey key) => new(CommandTable.XInfoStream, StreamReplies.Info, StoreValue.FromKey(key));

    private static StoreValue[] AddArguments(
        StoreKey key,
        StreamNewId id,
        ReadOnlySpan<KeyValuePair<StoreValue, StoreValue>> fields,
        StreamTrim? trim,
        bool onlyIfExists)
    {
        var arguments = new ArgumentList(8 + (2 * fields.Length)).AddKey(key).AddIf(onlyIfExists, "NOMKSTREAM");
        trim?.AddTo(arguments, nameof(trim));
        arguments.Add(id.Argument);
        foreach (var (field, value) in Require.Some(fields))
        {
            arguments.Add(field).Add(value);
        }

        return arguments.ToArray();
    }

    private static StoreValue[] ReadArguments(ArgumentList arguments, long? count, bool noAck, ReadOnlySpan<StreamPosition> positions)
    {
        WithCount(arguments, count).AddIf(noAck, "NOACK").Add("STREAMS");
        foreach (var position in Require.Some(positions))
        {
            arguments.AddKey(position.Key);
        }

        foreach (var position in positions)
        {
            arguments.Add(position.After?.ToString() ?? ">");
        }

        return arguments.ToArray();
    }

    private static ArgumentList WithCount(ArgumentList arguments, long? count)
    {
        if (count is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(count));
            arguments.Add("COUNT").Add(most);
        }

        return arguments;
    }

    private static ArgumentList WithIds(ArgumentList arguments, ReadOnlySpan<StreamId> ids)
    {
        foreach (var id in Require.Some(ids))
        {
            arguments.Add(id.ToString());
        }

        return arguments;
    }
}
