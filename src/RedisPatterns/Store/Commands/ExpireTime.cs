namespace RedisPatterns.Commands;

/// <summary>The moment at which a key or a hash field expires.</summary>
/// <param name="Exists">Whether it exists.</param>
/// <param name="Moment">When it expires, precise to the millisecond; null when it has no end, or does not exist.</param>
public readonly record struct ExpireTime(bool Exists, DateTimeOffset? Moment)
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Whether it exists and will expire.</summary>
    public bool Expires => Moment is not null;

    /// <summary>Reads the integer of <c>PEXPIRETIME</c>: -2 does not exist, -1 has no end, else milliseconds since 1970.</summary>
    internal static ExpireTime Read(StoreReply reply) => Replies.ToInt64(reply) switch
    {
        -2 => default,
        -1 => new(true, null),
        < 0 => throw Replies.Unexpected(reply),
        var milliseconds => new(true, milliseconds > Last ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)),
    };
}
