namespace RedisPatterns.Commands;

/// <summary>How long a key or a hash field still lives.</summary>
/// <param name="Exists">Whether it exists.</param>
/// <param name="Remaining">How long it still lives, precise to the millisecond; null when it has no end, or does not exist.</param>
public readonly record struct TimeToLive(bool Exists, TimeSpan? Remaining)
{
    /// <summary>Whether it exists and will expire.</summary>
    public bool Expires => Remaining is not null;

    /// <summary>Reads the integer of <c>PTTL</c>: -2 does not exist, -1 has no end, else milliseconds.</summary>
    internal static TimeToLive Read(StoreReply reply) => Replies.ToInt64(reply) switch
    {
        -2 => default,
        -1 => new(true, null),
        < 0 => throw Replies.Unexpected(reply),
        > (long.MaxValue / TimeSpan.TicksPerMillisecond) => new(true, TimeSpan.MaxValue),
        var milliseconds => new(true, TimeSpan.FromTicks(milliseconds * TimeSpan.TicksPerMillisecond)),
    };
}
