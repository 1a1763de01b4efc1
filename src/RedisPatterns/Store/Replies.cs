namespace RedisPatterns;

/// <summary>The readers of the common shapes of replies.</summary>
public static class Replies
{
    /// <summary>An integer.</summary>
    public static ReplyReader<long> Int64 { get; } = static reply => ToInt64(reply);

    /// <summary>An integer, or null.</summary>
    public static ReplyReader<long?> NullableInt64 { get; } = static reply => reply.IsNull ? null : ToInt64(reply);

    /// <summary>Whether an integer is not zero.</summary>
    public static ReplyReader<bool> Boolean { get; } = static reply => ToInt64(reply) != 0;

    /// <summary>Whether the answer is a status rather than nothing.</summary>
    public static ReplyReader<bool> Ok { get; } = static reply => reply.Kind switch
    {
        StoreReplyKind.Null => false,
        StoreReplyKind.Status or StoreReplyKind.Value => true,
        StoreReplyKind.Integer => reply.Value.AsInt64() != 0,
        _ => throw Unexpected(reply),
    };

    /// <summary>A double.</summary>
    public static ReplyReader<double> Double { get; } = static reply => ToDouble(reply);

    /// <summary>A double, or null.</summary>
    public static ReplyReader<double?> NullableDouble { get; } = static reply => reply.IsNull ? null : ToDouble(reply);

    /// <summary>A value, which is <see cref="StoreValue.Null"/> when there is none.</summary>
    public static ReplyReader<StoreValue> Value { get; } = static reply => ToValue(reply);

    /// <summary>A list of values, in which some may be <see cref="StoreValue.Null"/>; nothing gives the empty list.</summary>
    public static ReplyReader<StoreValue[]> Values { get; } = static reply => ToArray(reply, ToValue);

    /// <summary>A list of integers; nothing gives the empty list.</summary>
    public static ReplyReader<long[]> Int64s { get; } = static reply => ToArray(reply, ToInt64);

    /// <summary>A list of doubles, in which some may be null; nothing gives the empty list.</summary>
    public static ReplyReader<double?[]> NullableDoubles { get; } = static reply => ToArray(reply, static item => item.IsNull ? (double?)null : ToDouble(item));

    /// <summary>A list of integers as yes and no; nothing gives the empty list.</summary>
    public static ReplyReader<bool[]> Booleans { get; } = static reply => ToArray(reply, static item => ToInt64(item) != 0);

    /// <summary>The reply as it came.</summary>
    public static ReplyReader<StoreReply> Raw { get; } = static reply => reply;

    /// <summary>Reads an integer.</summary>
    /// <param name="reply">The reply.</param>
    /// <exception cref="UnexpectedReplyException">It is not one.</exception>
    public static long ToInt64(StoreReply reply) =>
        reply.Kind is StoreReplyKind.Integer or StoreReplyKind.Value or StoreReplyKind.Status && reply.Value.TryGetInt64(out var number)
            ? number
            : throw Unexpected(reply);

    /// <summary>Reads a double.</summary>
    /// <param name="reply">The reply.</param>
    /// <exception cref="UnexpectedReplyException">It is not one.</exception>
    public static double ToDouble(StoreReply reply) =>
        reply.Kind is StoreReplyKind.Integer or StoreReplyKind.Value && reply.Value.TryGetDouble(out var number)
            ? number
            : throw Unexpected(reply);

    /// <summary>Reads a value, which is <see cref="StoreValue.Null"/> when there is none.</summary>
    /// <param name="reply">The reply.</param>
    /// <exception cref="UnexpectedReplyException">It is a list.</exception>
    public static StoreValue ToValue(StoreReply reply) => reply.Kind is StoreReplyKind.Array or StoreReplyKind.Error ? throw Unexpected(reply) : reply.Value;

    /// <summary>Reads a list; nothing gives the empty list.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="reply">The reply.</param>
    /// <param name="read">Reads an element.</param>
    /// <exception cref="UnexpectedReplyException">It is not a list.</exception>
    public static T[] ToArray<T>(StoreReply reply, Func<StoreReply, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (reply.IsNull)
        {
            return [];
        }

        if (reply.Kind != StoreReplyKind.Array)
        {
            throw Unexpected(reply);
        }

        var items = reply.Items;
        var result = new T[items.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = read(items[i]);
        }

        return result;
    }

    /// <summary>Reads a list of pairs, flat as RESP2 sends it or nested as RESP3 does; nothing gives the empty list.</summary>
    /// <typeparam name="T">What a pair becomes.</typeparam>
    /// <param name="reply">The reply.</param>
    /// <param name="read">Reads a pair.</param>
    /// <exception cref="UnexpectedReplyException">It is not a list of pairs.</exception>
    public static T[] ToPairs<T>(StoreReply reply, Func<StoreReply, StoreReply, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (reply.IsNull)
        {
            return [];
        }

        var items = reply.Items;
        if (reply.Kind != StoreReplyKind.Array)
        {
            throw Unexpected(reply);
        }

        if (items.Length > 0 && items[0].Kind == StoreReplyKind.Array)
        {
            return ToArray(reply, pair => pair.Items.Length == 2 ? read(pair.Items[0], pair.Items[1]) : throw Unexpected(pair));
        }

        if (items.Length % 2 != 0)
        {
            throw Unexpected(reply);
        }

        var result = new T[items.Length / 2];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = read(items[2 * i], items[(2 * i) + 1]);
        }

        return result;
    }

    /// <summary>The error for a reply of another shape than expected.</summary>
    /// <param name="reply">The reply.</param>
    public static UnexpectedReplyException Unexpected(StoreReply reply) => new($"The reply has an unexpected shape: {reply}.");
}
