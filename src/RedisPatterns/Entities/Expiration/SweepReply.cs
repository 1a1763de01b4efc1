namespace RedisPatterns;

/// <summary>What a sweep did: how many entities it removed, of how many that it looked at.</summary>
internal readonly record struct SweepReply(int Gone, int Due)
{
    public static SweepReply Read(StoreReply reply)
    {
        var numbers = Replies.ToArray(reply, Replies.ToInt64);
        return new((int)numbers[0], (int)numbers[1]);
    }
}
