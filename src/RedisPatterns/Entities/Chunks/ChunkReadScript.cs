using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads a manifest, and its parts with it when the content is short: both from one moment, in one round trip.</summary>
internal static class ChunkReadScript
{
    // A part's key is made as KeyGrammar.Part makes it.
    private const string Lua = $$"""
        local m=redis.call('GET',KEYS[1])
        if not m then return m end
        local r={m}
        local _,_,c,g,n=m:match('{{ChunkManifest.LuaPattern}}')
        if not c or tonumber(c)>{{MaximumPartCount}} or tonumber(n)>tonumber(ARGV[1]) then return r end
        for i=0,c-1 do
          local p=redis.pcall('GET',KEYS[1]..':'..g..':'..i)
          if type(p)=='table' then p='' end
          r[i+2]=p
        end
        return r
        """;

    private const string MaximumPartCount = "4096";

    /// <summary>
    /// Keys: that of the manifest. Arguments: the greatest length of a content that is returned with it, in bytes. Answers
    /// nothing, or the manifest, or the manifest with all parts, of which a missing one is null and one that is no string
    /// is empty.
    /// </summary>
    public static AtomicScript<StoreValue[]> Script { get; } = new("chunk read", Lua, Replies.Values, Run, isReadOnly: true);

    private static StoreReply Run(IScriptContext context)
    {
        var key = context.Keys[0];
        var text = context.Call(Strings.Get(key));
        if (text.IsNull)
        {
            return StoreReply.Null;
        }

        if (!ChunkManifest.TryParse(text, out var manifest) || manifest.Length > context.Arguments[0].AsInt64())
        {
            return StoreReply.Array(StoreReply.FromValue(text));
        }

        var prefix = KeyGrammar.PartPrefix(key.ToString(), manifest.Generation);
        var parts = Enumerable.Range(0, manifest.PartCount).Select(i => GetPart(context, KeyGrammar.Part(prefix, i)));
        return StoreReply.Array([StoreReply.FromValue(text), .. parts]);
    }

    private static StoreReply GetPart(IScriptContext context, StoreKey key)
    {
        try
        {
            return StoreReply.FromValue(context.Call(Strings.Get(key)));
        }
        catch (WrongTypeException)
        {
            return StoreReply.FromValue(StoreValue.Empty);
        }
    }
}
