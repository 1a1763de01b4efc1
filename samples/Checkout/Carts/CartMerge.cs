using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Carts;

/// <summary>Moves what is in one cart to another as far as there is room. What does not fit stays, so a repeated merge moves nothing twice.</summary>
internal sealed record CartMerge(StoreKey From, StoreKey To, CartLimits Limits)
{
    public static AtomicScript<CartMerge, long[]> Script { get; } = new(
        "merge carts",
        """
        local C=redis.call
        local moved,left=0,0
        local lines_of=C('HGETALL',from)
        local count=C('HLEN',to)
        for i=1,#lines_of,2 do
          local item,pieces=lines_of[i],tonumber(lines_of[i+1])
          local old=tonumber(C('HGET',to,item) or '0')
          local room=math.max(tonumber(most)-old,0)
          if old==0 and count>=tonumber(lines) then room=0 end
          local go=math.min(pieces,room)
          if go>0 then
            if old==0 then count=count+1 end
            C('HSET',to,item,string.format('%d',old+go))
            if go==pieces then C('HDEL',from,item) else C('HSET',from,item,string.format('%d',pieces-go)) end
          end
          moved=moved+go
          left=left+pieces-go
        end
        if moved>0 then C('PEXPIRE',to,life) end
        return {moved,left}
        """,
        new ScriptSignature<CartMerge>()
            .Key("from", merge => merge.From)
            .Key("to", merge => merge.To)
            .Argument("most", merge => merge.Limits.PiecesOfAnItem)
            .Argument("lines", merge => merge.Limits.Items)
            .Argument("life", merge => (long)merge.Limits.Life.TotalMilliseconds),
        Replies.Int64s,
        Twin);

    private static StoreReply Twin(NamedScriptContext script)
    {
        var (from, to, most, lines) = (script.Key("from"), script.Key("to"), script.Argument("most").AsInt64(), script.Argument("lines").AsInt64());
        var (moved, left) = (0L, 0L);
        var count = script.Call(Hashes.Length(to));
        foreach (var (item, value) in script.Call(Hashes.GetAll(from)))
        {
            var pieces = value.AsInt64();
            var old = script.Call(Hashes.Get(to, item)) is { IsNull: false } there ? there.AsInt64() : 0;
            var go = old == 0 && count >= lines ? 0 : Math.Min(pieces, Math.Max(most - old, 0));
            if (go > 0)
            {
                if (old == 0) count++;
                script.Call(Hashes.Set(to, item, old + go));
                if (go == pieces) script.Call(Hashes.Delete(from, item));
                else script.Call(Hashes.Set(from, item, pieces - go));
            }

            moved += go;
            left += pieces - go;
        }

        if (moved > 0) script.Call(Keys.Expire(to, TimeSpan.FromMilliseconds(script.Argument("life").AsInt64())));
        return StoreReply.Array(StoreReply.Integer(moved), StoreReply.Integer(left));
    }
}
