using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Finds the entity that holds a unique value: the document, or in other layouts its id and the entity as it lies there.</summary>
/// <remarks>
/// Keys: the prefix of the entities, the claims, the catalogue. Arguments: the value, the layout, the field of the index in the
/// catalogue and what it must be, the names of what is read. An index that is not ready is answered by a number.
/// </remarks>
internal static class FindScript
{
    // What nearly always is asked for needs no function.
    private const string Document = """
        local state=redis.call('HGET',KEYS[3],ARGV[3])
        if state~=ARGV[4] and (state or redis.call('EXISTS',KEYS[3])==1) then return 0 end
        local id=redis.call('HGET',KEYS[2],ARGV[1])
        return id and redis.call('GET',KEYS[1]..id)
        """;

    private const string Head = """
        local C=redis.call
        local state=C('HGET',KEYS[3],ARGV[3])
        if state~=ARGV[4] and (state or C('EXISTS',KEYS[3])==1) then return 0 end
        local id=C('HGET',KEYS[2],ARGV[1])
        if not id then return false end
        local match,layout,names=string.match,ARGV[2],{}
        for i=5,#ARGV do names[i-4]=ARGV[i] end

        """;

    private static readonly AtomicScript<StoreReply> OfDocuments = new("find by unique value", Document, Replies.Raw, Run, isReadOnly: true);

    private static readonly AtomicScript<StoreReply> OfAny =
        new("find by unique value", Head + QueryReadingLua.Contents + "return {id,contents({id},1,1)[1]}", Replies.Raw, Run, isReadOnly: true);

    /// <summary>The call that finds the holder of a value.</summary>
    public static ScriptCall<StoreReply> Call(EntityKeys keys, StoreKey claims, string definition, string token, LayoutKind layout, StoreValue[] names) =>
        (layout == LayoutKind.Document ? OfDocuments : OfAny).With(
            [keys.EntityPrefix, claims, keys.Catalogue], [token, ((char)layout).ToString(), IndexField.OfDefinition(definition), IndexField.ReadyValue(definition), .. names]);

    private static StoreReply Run(IScriptContext context)
    {
        var state = context.Call(Hashes.Get(context.Keys[2], context.Arguments[2]));
        if (state != context.Arguments[3] && (!state.IsNull || context.Call(Keys.Exists(context.Keys[2]))))
        {
            return StoreReply.Integer(0);
        }

        var id = context.Call(Hashes.Get(context.Keys[1], context.Arguments[0]));
        if (id.IsNull)
        {
            return StoreReply.Null;
        }

        var layout = (LayoutKind)context.Arguments[1].AsText()![0];
        var key = context.Keys[0].ToString() + id.AsText();
        return layout == LayoutKind.Document
            ? StoreReply.FromValue(context.Call(Strings.Get(key)))
            : StoreReply.Array(StoreReply.FromValue(id), QueryContents.Of(context, key, layout, [.. context.Arguments.Skip(4).Select(name => name.AsText()!)]));
    }
}
