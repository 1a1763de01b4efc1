using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The scripts of <see cref="BankFunctions"/>.</summary>
internal static class BankScripts
{
    public static AtomicScript<Transfer, bool> Transfer { get; } = new(
        "transfer",
        """
        local balance = tonumber(redis.call('GET', from) or '0')
        if balance < tonumber(amount) then return 0 end
        redis.call('DECRBY', from, amount)
        redis.call('INCRBY', to, amount)
        return 1
        """,
        new ScriptSignature<Transfer>()
            .Key("from", transfer => transfer.From)
            .Key("to", transfer => transfer.To)
            .Argument("amount", transfer => transfer.Amount),
        Replies.Boolean,
        script =>
        {
            var (from, amount) = (script.Key("from"), script.Argument("amount").AsInt64());
            var balance = script.Call(Strings.Get(from));
            if ((balance.IsNull ? 0 : balance.AsInt64()) < amount)
            {
                return StoreReply.Integer(0);
            }

            script.Call(Strings.Increment(from, -amount));
            script.Call(Strings.Increment(script.Key("to"), amount));
            return StoreReply.Integer(1);
        });

    public static AtomicScript<StoreKey, long> Balance { get; } = new(
        "balance",
        "return tonumber(redis.call('GET', account) or '0')",
        new ScriptSignature<StoreKey>().Key("account", account => account),
        Replies.Int64,
        script =>
        {
            var balance = script.Call(Strings.Get(script.Key("account")));
            return StoreReply.Integer(balance.IsNull ? 0 : balance.AsInt64());
        },
        isReadOnly: true);
}
