namespace RedisPatterns.Commands;

public static partial class Streams
{
    /// <summary>A summary of what is pending in a group. <c>XPENDING</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <returns>Answers the summary. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<PendingSummary> Pending(StoreKey key, StoreValue group) =>
        new(CommandTable.XPending, StreamReplies.Summary, StoreValue.FromKey(key), group);

    /// <summary>Entries that are pending in a group. <c>XPENDING</c> with a range.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="range">Their ids.</param>
    /// <param name="count">How many at most; at least 1.</param>
    /// <param name="consumer">Those of one consumer, or <see cref="StoreValue.Null"/> for all.</param>
    /// <param name="minIdle">Those that are idle for at least so long; zero for all.</param>
    /// <returns>Answers the pending entries in the order of ids. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<PendingEntry[]> Pending(
        StoreKey key,
        StoreValue group,
        StreamRange range,
        long count,
        StoreValue consumer = default,
        TimeSpan minIdle = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minIdle, TimeSpan.Zero);
        var arguments = new ArgumentList(8).AddKey(key).Add(group);
        if (minIdle > TimeSpan.Zero)
        {
            arguments.Add("IDLE").Add(StreamClaimOptions.Milliseconds(minIdle));
        }

        arguments.Add(range.MinArgument).Add(range.MaxArgument).Add(count);
        return new(CommandTable.XPending, StreamReplies.Pending, (consumer.IsNull ? arguments : arguments.Add(consumer)).ToArray());
    }

    /// <summary>Makes a consumer the one that pending entries are pending for. <c>XCLAIM</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer; made when it does not exist.</param>
    /// <param name="minIdle">Only entries that are idle for at least so long; zero for all.</param>
    /// <param name="ids">The ids of the entries; at least one.</param>
    /// <param name="options">What else is changed in them, or null.</param>
    /// <returns>Answers the entries claimed. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<StreamEntry[]> Claim(
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        TimeSpan minIdle,
        ReadOnlySpan<StreamId> ids,
        StreamClaimOptions? options = null) =>
        new(CommandTable.XClaim, StreamReplies.Entries, ClaimArguments(key, group, consumer, minIdle, ids, options).ToArray());

    /// <summary>As <see cref="Claim"/>, without reading the entries and without counting a delivery. <c>XCLAIM</c> with <c>JUSTID</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer; made when it does not exist.</param>
    /// <param name="minIdle">Only entries that are idle for at least so long; zero for all.</param>
    /// <param name="ids">The ids of the entries; at least one.</param>
    /// <param name="options">What else is changed in them, or null.</param>
    /// <returns>Answers the ids of the entries claimed. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<StreamId[]> ClaimIds(
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        TimeSpan minIdle,
        ReadOnlySpan<StreamId> ids,
        StreamClaimOptions? options = null) =>
        new(CommandTable.XClaim, StreamReplies.Ids, ClaimArguments(key, group, consumer, minIdle, ids, options).Add("JUSTID").ToArray());

    /// <summary>Claims the pending entries that are idle for some time, page by page. <c>XAUTOCLAIM</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer; made when it does not exist.</param>
    /// <param name="minIdle">Only entries that are idle for at least so long; zero for all.</param>
    /// <param name="start">Where to begin: <see cref="StreamId.Zero"/>, then what the call before gave as next.</param>
    /// <param name="count">How many entries at most, or null for the server's default of 100; at least 1.</param>
    /// <returns>Answers the entries claimed and where to go on. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<StreamAutoClaim<StreamEntry>> AutoClaim(
        StoreKey key, StoreValue group, StoreValue consumer, TimeSpan minIdle, StreamId start = default, long? count = null) =>
        new(CommandTable.XAutoClaim, StreamReplies.AutoClaim, AutoClaimArguments(key, group, consumer, minIdle, start, count).ToArray());

    /// <summary>As <see cref="AutoClaim"/>, without reading the entries and without counting a delivery. <c>XAUTOCLAIM</c> with <c>JUSTID</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer; made when it does not exist.</param>
    /// <param name="minIdle">Only entries that are idle for at least so long; zero for all.</param>
    /// <param name="start">Where to begin: <see cref="StreamId.Zero"/>, then what the call before gave as next.</param>
    /// <param name="count">How many entries at most, or null for the server's default of 100; at least 1.</param>
    /// <returns>Answers the ids of the entries claimed and where to go on. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<StreamAutoClaim<StreamId>> AutoClaimIds(
        StoreKey key, StoreValue group, StoreValue consumer, TimeSpan minIdle, StreamId start = default, long? count = null) =>
        new(CommandTable.XAutoClaim, StreamReplies.AutoClaimIds, AutoClaimArguments(key, group, consumer, minIdle, start, count).Add("JUSTID").ToArray());

    private static ArgumentList ClaimArguments(
        StoreKey key, StoreValue group, StoreValue consumer, TimeSpan minIdle, ReadOnlySpan<StreamId> ids, StreamClaimOptions? options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minIdle, TimeSpan.Zero);
        var arguments = new ArgumentList(12 + ids.Length).AddKey(key).Add(group).Add(consumer).Add(StreamClaimOptions.Milliseconds(minIdle));
        WithIds(arguments, ids);
        options?.AddTo(arguments, nameof(options));
        return arguments;
    }

    private static ArgumentList AutoClaimArguments(
        StoreKey key, StoreValue group, StoreValue consumer, TimeSpan minIdle, StreamId start, long? count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minIdle, TimeSpan.Zero);
        var arguments = new ArgumentList(8).AddKey(key).Add(group).Add(consumer)
            .Add(StreamClaimOptions.Milliseconds(minIdle)).Add(start.ToString());
        return WithCount(arguments, count);
    }
}
