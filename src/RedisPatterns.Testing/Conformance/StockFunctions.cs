using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>A library of functions to test with, in any version; each version answers differently.</summary>
internal sealed class StockFunctions : FunctionLibrary
{
    private static readonly AtomicScript<long> TakeScript = new(
        "take",
        """
        local left = tonumber(redis.call('GET', KEYS[1]) or '0')
        if left < tonumber(ARGV[1]) then return -1 end
        for i = 2, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
        return redis.call('DECRBY', KEYS[1], ARGV[1])
        """,
        Replies.Int64,
        twin: context =>
        {
            var (left, wanted) = (context.Call(Strings.Get(context.Keys[0])), context.Arguments[0].AsInt64());
            if ((left.IsNull ? 0 : left.AsInt64()) < wanted)
            {
                return StoreReply.Integer(-1);
            }

            foreach (var note in context.Arguments.Skip(1))
            {
                context.Call(Lists.RightPush(context.Keys[1], note));
            }

            return StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0], -wanted)));
        });

    private static readonly AtomicScript<StoreKey, StoreValue> LookScript = new(
        "look",
        "return redis.call('GET', stock)",
        new ScriptSignature<StoreKey>().Key("stock", stock => stock),
        Replies.Value,
        script => StoreReply.FromValue(script.Call(Strings.Get(script.Key("stock")))),
        isReadOnly: true);

    /// <summary>A library.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="extra">The name of a function more, or null.</param>
    /// <param name="label">What its functions answer to who asks for it, beside the version.</param>
    public StockFunctions(string name, int version, string? extra = null, string label = "v")
        : base(name, version)
    {
        Take = Function("take", TakeScript);
        Look = Function("look", LookScript);
        Who = Function("who", WhoScript(label, version));
        Extra = extra is null ? null : Function(extra, WhoScript(label, version));
    }

    /// <summary>Takes a number from the stock, and writes notes down.</summary>
    public AtomicScript<long> Take { get; }

    /// <summary>Reads the stock.</summary>
    public AtomicScript<StoreKey, StoreValue> Look { get; }

    /// <summary>Counts the call, and tells which code runs.</summary>
    public AtomicScript<StoreValue> Who { get; }

    /// <summary>The same as <see cref="Who"/>, under the name that was wanted.</summary>
    public AtomicScript<StoreValue>? Extra { get; }

    private static AtomicScript<StoreValue> WhoScript(string label, int version) => new(
        "who",
        $"redis.call('INCR', KEYS[1]) return '{label}{version}'",
        Replies.Value,
        context =>
        {
            context.Call(Strings.Increment(context.Keys[0]));
            return StoreReply.FromValue($"{label}{version}");
        });
}
