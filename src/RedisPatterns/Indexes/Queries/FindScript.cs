using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Finds the document of the entity that holds a unique value.</summary>
internal static class FindScript
{
    private const string Lua = """
        local id=redis.call('HGET',KEYS[1],ARGV[1])
        return id and redis.call('GET',KEYS[2]..id)
        """;

    public static AtomicScript<StoreValue> Script { get; } = new("find by unique value", Lua, Replies.Value, Run, isReadOnly: true);

    private static StoreReply Run(IScriptContext context)
    {
        var id = context.Call(Hashes.Get(context.Keys[0], context.Arguments[0]));
        return id.IsNull ? StoreReply.Null : StoreReply.FromValue(context.Call(Strings.Get(context.Keys[1].ToString() + id.AsText())));
    }
}
