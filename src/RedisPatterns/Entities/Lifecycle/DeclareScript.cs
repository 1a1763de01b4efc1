using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Writes a model's shape and indexes into the catalogue without an entity, and switches indexes; gives the catalogue.</summary>
/// <remarks>
/// The key is the catalogue. Arguments: the stamp; the registration, as a write has it, with the letter <c>B</c>; and
/// <c>+</c> to build what is disabled, or the field of an index to disable, or nothing.
/// </remarks>
internal static class DeclareScript
{
    private const string Tail = """
        local bad=register(KEYS[1],ARGV[1],ARGV[2])
        if bad then return bad end
        for part in gmatch('m:|'..match(ARGV[2],'\n(.*)$'),'[^|]+') do
          local f='#'..match(part,'^%a:([^=]*)')
          if f==ARGV[3] then C('HSET',KEYS[1],f,'d '..part)
          elseif ARGV[3]=='+' and byte(C('HGET',KEYS[1],f))==100 then C('HSET',KEYS[1],f,'b'..format('%.0f',C('HINCRBY',KEYS[1],'@builds',1))..' '..part) end
        end
        return C('HGETALL',KEYS[1])
        """;

    /// <summary>Begins to build what is disabled.</summary>
    public const string Enable = "+";

    public static AtomicScript<StoreReply> Script { get; } = new("declare indexes", EntityLua.Head + EntityLua.Register + Tail, Replies.Raw, Run);

    private static StoreReply Run(IScriptContext context)
    {
        var (key, registration, change) = (context.Keys[0], context.Arguments[1].AsText()!, context.Arguments[2].AsText()!);
        if (new IndexCatalogue(context, key).Register(context.Arguments[0].AsText()!, registration, out _) is { Refusal: < 0 } refusal)
        {
            context.Rollback();
            return StoreReply.Array(StoreReply.Integer(refusal.Refusal), StoreReply.Integer(refusal.Detail));
        }

        foreach (var definition in IndexField.DefinitionsOf(registration))
        {
            var field = IndexField.OfDefinition(definition);
            if (field == change)
            {
                context.Call(Hashes.Set(key, field, IndexField.Disabled + " " + definition));
            }
            else if (change == Enable && context.Call(Hashes.Get(key, field)).AsText()!.StartsWith(IndexField.Disabled))
            {
                context.Call(Hashes.Set(key, field, IndexField.NextBuild(context, key, definition)));
            }
        }

        return StoreReply.Array([.. context.Call(Hashes.GetAll(key)).SelectMany(entry => new[] { StoreReply.FromValue(entry.Field), StoreReply.FromValue(entry.Value) })]);
    }
}
