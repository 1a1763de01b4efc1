using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Tests.Ways;

/// <summary>A script that remembers by a key of its own what it has done.</summary>
internal sealed class ScriptWay(Keyspace keyspace, long minimum) : ITransferWay
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    // snippet: transfer-script
    private static readonly AtomicScript<bool> Move = new(
        "transfer",
        """
        if redis.call('EXISTS',KEYS[3])==1 then return 1 end
        local from,to=redis.call('GET',KEYS[1]),redis.call('GET',KEYS[2])
        redis.call('LLEN',KEYS[4])
        if not from or not to or from-ARGV[1]<tonumber(ARGV[2]) then return 0 end
        redis.call('INCRBY',KEYS[2],ARGV[1])
        redis.call('DECRBY',KEYS[1],ARGV[1])
        redis.call('RPUSH',KEYS[4],ARGV[3])
        redis.call('SET',KEYS[3],'','PX',ARGV[4])
        return 1
        """,
        Replies.Boolean,
        Twin);

    public async Task<bool> TransferAsync(string id, string from, string to, long cents, CancellationToken cancellationToken) =>
        await keyspace.Store.EvaluateAsync(
            Move.With(
                [Balance(from), Balance(to), keyspace.IdempotencyKey(id), keyspace.Key("ledger")],
                cents, minimum, $"{from} -> {to}: {cents}", (long)Remembered.TotalMilliseconds),
            cancellationToken);

    // end-snippet
    public async Task OpenAsync(string account, long cents, CancellationToken cancellationToken) =>
        await keyspace.Store.SendAsync(Strings.Set(Balance(account), cents), cancellationToken);

    public async Task<long> BalanceAsync(string account, CancellationToken cancellationToken) =>
        (await keyspace.Store.SendAsync(Strings.Get(Balance(account)), cancellationToken)).AsInt64();

    private static StoreReply Twin(IScriptContext script)
    {
        if (script.Call(Keys.Exists(script.Keys[2]))) return StoreReply.Integer(1);
        script.Call(Lists.Length(script.Keys[3]));
        var (from, to) = (script.Call(Strings.Get(script.Keys[0])), script.Call(Strings.Get(script.Keys[1])));
        if (from.IsNull || to.IsNull || from.AsInt64() - script.Arguments[0].AsInt64() < script.Arguments[1].AsInt64()) return StoreReply.Integer(0);
        script.Call(Strings.Increment(script.Keys[1], script.Arguments[0].AsInt64()));
        script.Call(Strings.Increment(script.Keys[0], -script.Arguments[0].AsInt64()));
        script.Call(Lists.RightPush(script.Keys[3], script.Arguments[2]));
        script.Call(Strings.Set(script.Keys[2], StoreValue.Empty, TimeSpan.FromMilliseconds(script.Arguments[3].AsInt64())));
        return StoreReply.Integer(1);
    }

    private StoreKey Balance(string account) => keyspace.Key("balance", account);
}
