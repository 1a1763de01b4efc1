using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Commands;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>A transfer between accounts as a script with its twin.</summary>
internal static class TransferScript
{
    public static AtomicScript<bool> Instance { get; } = new(
        "transfer",
        HandWrittenTransfers.Lua,
        Replies.Boolean,
        Twin);

    private static StoreReply Twin(IScriptContext script)
    {
        var balance = script.Call(Strings.Get(script.Keys[0]));
        var amount = script.Arguments[0].AsInt64();
        if ((balance.IsNull ? 0 : balance.AsInt64()) < amount)
        {
            return StoreReply.Integer(0);
        }

        script.Call(Strings.Increment(script.Keys[0], -amount));
        script.Call(Strings.Increment(script.Keys[1], amount));
        return StoreReply.Integer(1);
    }
}
