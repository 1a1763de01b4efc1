namespace RedisPatterns;

/// <summary>What one who asks for a lock is told.</summary>
/// <param name="Token">The fencing token of the lease; 0 when there is none.</param>
/// <param name="Left">How long the present lease lasts at most, unless it is renewed; without end where none stands in the way.</param>
/// <param name="Kept">What there is instead of a lock; null for nothing.</param>
internal readonly record struct LockReply(long Token, TimeSpan Left, StoreValue Kept = default)
{
    public static LockReply Read(StoreReply reply)
    {
        if (reply.Kind != StoreReplyKind.Array)
        {
            return reply.Kind == StoreReplyKind.Value ? new(0, default, reply.Value) : new(Replies.ToInt64(reply), default);
        }

        var numbers = Replies.ToArray(reply, Replies.ToInt64);
        return new(numbers[0], numbers[1] > 0 ? TimeSpan.FromMilliseconds(numbers[1]) : TimeSpan.MaxValue);
    }
}
