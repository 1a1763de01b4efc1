using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Says of indexes that they are ready, if they still are what they were and no entity is pending; or that they are not.</summary>
/// <remarks>
/// Keys: the catalogue, the pending entities. Arguments: a field and the value it must have, for each index; before these
/// <c>r</c> to make them ready, <c>b</c> to have them built again. Gives the values afterwards.
/// </remarks>
internal static class SettleScript
{
    private const string Lua = """
        local C=redis.call
        local out={}
        for i=2,#ARGV,2 do
          local f,v=ARGV[i],C('HGET',KEYS[1],ARGV[i])
          if v==ARGV[i+1] then
            local name,def=string.sub(f,2),string.match(v,'^[^ ]* (.*)$')
            if ARGV[1]=='b' then
              v='b'..string.format('%.0f',C('HINCRBY',KEYS[1],'@builds',1))..' '..def
              C('HSET',KEYS[1],f,v)
            elseif #C('ZRANGEBYLEX',KEYS[2],'['..name..'\t','('..name..'\n','LIMIT',0,1)==0 then
              v='r '..def
              C('HSET',KEYS[1],f,v)
            end
          end
          out[#out+1]=v or ''
        end
        return out
        """;

    public static AtomicScript<StoreValue[]> Script { get; } = new("settle indexes", Lua, Replies.Values, Run);

    private static StoreReply Run(IScriptContext context)
    {
        var values = new List<StoreReply>();
        for (var i = 1; i < context.Arguments.Count; i += 2)
        {
            var field = context.Arguments[i].AsText()!;
            var value = context.Call(Hashes.Get(context.Keys[0], field)).AsText();
            if (value is not null && value == context.Arguments[i + 1].AsText())
            {
                var definition = IndexField.DefinitionIn(value);
                var next = context.Arguments[0].AsText() == "b" ? IndexField.NextBuild(context, context.Keys[0], definition)
                    : context.Call(SortedSets.RangeByLex(context.Keys[1], LexRange.StartingWith(field[1..] + OrderedText.Separator), limit: RangeLimit.Take(1))).Length == 0 ? IndexField.ReadyValue(definition)
                    : value;
                if (next != value)
                {
                    context.Call(Hashes.Set(context.Keys[0], field, next));
                    value = next;
                }
            }

            values.Add(StoreReply.FromValue(value ?? ""));
        }

        return StoreReply.Array([.. values]);
    }
}
