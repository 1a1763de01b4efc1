namespace RedisPatterns;

/// <summary>What a server answered, before a command's reader makes it a typed reply. The shapes are those of RESP2.</summary>
public readonly struct StoreReply
{
    private readonly object? _reference;
    private readonly StoreValue _value;

    private StoreReply(StoreReplyKind kind, StoreValue value, object? reference)
    {
        Kind = kind;
        _value = value;
        _reference = reference;
    }

    /// <summary>The nothing reply.</summary>
    public static StoreReply Null => default;

    /// <summary>The status <c>OK</c>.</summary>
    public static StoreReply Ok { get; } = Status("OK");

    /// <summary>The shape.</summary>
    public StoreReplyKind Kind { get; }

    /// <summary>Whether this is the nothing reply.</summary>
    public bool IsNull => Kind == StoreReplyKind.Null;

    /// <summary>The value of an integer, a value or a status; <see cref="StoreValue.Null"/> for every other shape.</summary>
    public StoreValue Value => _value;

    /// <summary>The elements of an array; empty for every other shape.</summary>
    public ReadOnlySpan<StoreReply> Items => _reference as StoreReply[];

    /// <summary>The error of an error reply, else null.</summary>
    public StoreException? Error => _reference as StoreException;

    /// <summary>An integer reply.</summary>
    /// <param name="number">The number.</param>
    public static StoreReply Integer(long number) => new(StoreReplyKind.Integer, number, null);

    /// <summary>A value reply, or the nothing reply for <see cref="StoreValue.Null"/>.</summary>
    /// <param name="value">The value.</param>
    public static StoreReply FromValue(StoreValue value) =>
        value.IsNull ? default : new(StoreReplyKind.Value, value, null);

    /// <summary>A status reply.</summary>
    /// <param name="text">The status.</param>
    public static StoreReply Status(string text) => new(StoreReplyKind.Status, text, null);

    /// <summary>An array reply.</summary>
    /// <param name="items">The elements; the array is not copied.</param>
    public static StoreReply Array(params StoreReply[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(StoreReplyKind.Array, default, items);
    }

    /// <summary>An error reply.</summary>
    /// <param name="error">The error.</param>
    public static StoreReply FromError(StoreException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(StoreReplyKind.Error, default, error);
    }

    /// <summary>The shape, without any content.</summary>
    public override string ToString() => Kind == StoreReplyKind.Array ? $"Array of {Items.Length}" : Kind.ToString();
}
