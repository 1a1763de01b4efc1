using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Finds the entity that holds a unique value: the document, or in other layouts its id and the entity as it lies there.</summary>
/// <remarks>
/// Keys: the prefix of the entities, the claims, the catalogue. Arguments: the value, the field of the index in the catalogue and
/// what it must be; for layouts other than documents the layout and the names of what is read. An index that is not ready is
/// answered by a number.
/// </remarks>
internal static class FindScript
{
    // What nearly always is asked for needs no function.
    private const string Document = """
        local state=redis.call('HGET',KEYS[3],ARGV[2])
        if state~=ARGV[3] and (state or redis.call('EXISTS',KEYS[3])==1) then return 0 end
        local id=redis.call('HGET',KEYS[2],ARGV[1])
        return id and redis.call('GET',KEYS[1]..id)
        """;

    private const string Head = """
        local C=redis.call
        local state=C('HGET',KEYS[3],ARGV[2])
        if state~=ARGV[3] and (state or C('EXISTS',KEYS[3])==1) then return 0 end
        local id=C('HGET',KEYS[2],ARGV[1])
        if not id then return false end
        local match,layout,names=string.match,ARGV[4],{}
        for i=5,#ARGV do names[i-4]=ARGV[i] end

        """;

    private const int DocumentArguments = 3;

    private static readonly AtomicScript<StoreReply> OfDocuments = new("find by unique value", Document, Replies.Raw, Run, isReadOnly: true);

    private static readonly AtomicScript<StoreReply> OfAny =
        new("find by unique value", Head + QueryReadingLua.Contents + "return {id,contents({id},1,1)[1]}", Replies.Raw, Run, isReadOnly: true);

    /// <summary>The call that finds the holder of a value.</summary>
    public static ScriptCall<StoreReply> Call<T>(EntityKeys keys, StoreKey claims, EntityIndex<T> index, string token, LayoutKind layout, StoreValue[] names)
        where T : class => layout == LayoutKind.Document
        ? OfDocuments.With([keys.EntityPrefix, claims, keys.Catalogue], [token, index.CatalogueField, index.ReadyField])
        : OfAny.With([keys.EntityPrefix, claims, keys.Catalogue], [token, index.CatalogueField, index.ReadyField, ((char)layout).ToString(), .. names]);

    private static StoreReply Run(IScriptContext context)
    {
        var state = context.Call(Hashes.Get(context.Keys[2], context.Arguments[1]));
        if (state != context.Arguments[2] && (!state.IsNull || context.Call(Keys.Exists(context.Keys[2]))))
        {
            return StoreReply.Integer(0);
        }

        var id = context.Call(Hashes.Get(context.Keys[1], context.Arguments[0]));
        if (id.IsNull)
        {
            return StoreReply.Null;
        }

        var key = context.Keys[0].ToString() + id.AsText();
        return context.Arguments.Count == DocumentArguments
            ? StoreReply.FromValue(context.Call(Strings.Get(key)))
            : StoreReply.Array(StoreReply.FromValue(id), QueryContents.Of(context, key, (LayoutKind)context.Arguments[3].AsText()![0], [.. context.Arguments.Skip(4).Select(name => name.AsText()!)]));
    }
}
