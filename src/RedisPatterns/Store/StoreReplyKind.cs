namespace RedisPatterns;

/// <summary>The shape of a <see cref="StoreReply"/>.</summary>
public enum StoreReplyKind
{
    /// <summary>Nothing: no such key, field, member or element.</summary>
    Null,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A string of bytes; also a double, which RESP2 sends as text.</summary>
    Value,

    /// <summary>A status such as <c>OK</c>.</summary>
    Status,

    /// <summary>A list of replies; RESP3's maps are lists of keys and values in turn, its sets are lists.</summary>
    Array,

    /// <summary>An error.</summary>
    Error,
}
