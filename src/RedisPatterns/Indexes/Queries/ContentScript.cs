namespace RedisPatterns;

/// <summary>Reads entities as their layout has them, all in one call: nothing for those that do not exist.</summary>
internal static class ContentScript
{
    private const string Lua = """
        local C=redis.call
        local match=string.match
        local layout,want,names,ids=ARGV[1],ARGV[2],{},{}
        local n=tonumber(ARGV[3])
        for i=1,n do names[i]=ARGV[3+i] end
        for i=4+n,#ARGV do ids[#ids+1]=ARGV[i] end

        """;

    private const string Tail = """
        if want=='D' then return contents(ids,1,#ids) end
        local out={}
        for i=1,#ids do out[i]=C('EXISTS',KEYS[1]..ids[i])==1 and '' or false end
        return out
        """;

    /// <summary>Keys: the prefix of the entities. Arguments: layout, what is wanted, the number of names, these, the ids.</summary>
    public static AtomicScript<StoreReply[]> Script { get; } = new(
        "read contents",
        Lua + QueryReadingLua.Contents + Tail,
        static reply => Replies.ToArray(reply, static item => item),
        Run,
        isReadOnly: true);

    /// <summary>The call for some entities.</summary>
    public static ScriptCall<StoreReply[]> Call(EntityKeys keys, string[] tokens, LayoutKind layout, bool withContents, StoreValue[] names) =>
        Script.With([keys.EntityPrefix], [((char)layout).ToString(), withContents ? "D" : "E", names.Length, .. names, .. tokens.Select(token => (StoreValue)token)]);

    private static StoreReply Run(IScriptContext context)
    {
        var arguments = context.Arguments;
        var layout = (LayoutKind)arguments[0].AsText()![0];
        var count = (int)arguments[2].AsInt64();
        string[] names = [.. arguments.Skip(3).Take(count).Select(name => name.AsText()!)];
        return StoreReply.Array([.. arguments.Skip(3 + count).Select(token =>
        {
            var key = context.Keys[0].ToString() + token.AsText();
            return arguments[1].AsText() == "D" ? QueryContents.Of(context, key, layout, names)
                : context.Call(Commands.Keys.Exists(key)) ? StoreReply.FromValue(StoreValue.Empty) : StoreReply.Null;
        })]);
    }
}
