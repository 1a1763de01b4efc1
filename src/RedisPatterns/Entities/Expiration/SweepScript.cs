namespace RedisPatterns;

/// <summary>Sweeps expired entities of a model: keys are the schedule and the catalogue; arguments the prefixes of memo buckets and documents, and how many at most.</summary>
internal static class SweepScript
{
    public static AtomicScript<SweepReply> Script { get; } = new(
        "expiry sweep",
        EntityLua.Head + EntityLua.Foreign + EntityLua.Expiry + EntityLua.SweepFunction + "return sweep(KEYS[1],KEYS[2],ARGV[1],ARGV[2],tonumber(ARGV[3]))",
        SweepReply.Read,
        Run);

    private static StoreReply Run(IScriptContext context)
    {
        var (gone, due) = ExpiryTwin.Sweep(
            context, context.Keys[0], context.Keys[1], context.Arguments[0].AsText()!, context.Arguments[1].AsText()!, (int)context.Arguments[2].AsInt64());
        return StoreReply.Array(StoreReply.Integer(gone), StoreReply.Integer(due));
    }
}
