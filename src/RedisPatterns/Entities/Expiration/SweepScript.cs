namespace RedisPatterns;

/// <summary>
/// Sweeps expired entities of a model: keys are the schedule, the catalogue, and the prefixes of memo buckets and documents;
/// the argument how many at most. Prefixes go as keys, so that a store that puts something before every key reaches them too.
/// </summary>
internal static class SweepScript
{
    public static AtomicScript<SweepReply> Script { get; } = new(
        "expiry sweep",
        EntityLua.Head + EntityLua.Foreign(hasTotals: false) + EntityLua.Expiry + EntityLua.SweepFunction + "return sweep(KEYS[1],KEYS[2],KEYS[3],KEYS[4],tonumber(ARGV[1]))",
        SweepReply.Read,
        Run);

    private static StoreReply Run(IScriptContext context)
    {
        var (gone, due) = ExpiryTwin.Sweep(
            context, context.Keys[0], context.Keys[1], context.Keys[2].ToString(), context.Keys[3].ToString(), (int)context.Arguments[0].AsInt64());
        return StoreReply.Array(StoreReply.Integer(gone), StoreReply.Integer(due));
    }
}
