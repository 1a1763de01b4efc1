using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Carts;

/// <summary>A change of one line of a cart, or of all: within the limits, and once for each id.</summary>
internal sealed record CartChange(StoreKey Cart, StoreKey Memory, string Verb, string Item, int Pieces, CartLimits Limits)
{
    public const string Add = "add", Set = "set", Clear = "clear";

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    // snippet: cart-script
    public static AtomicScript<CartChange, long[]> Script { get; } = new(
        "change cart",
        """
        local C=redis.call
        local before=C('GET',memory)
        if before then return {0,tonumber(before)} end
        local old=tonumber(C('HGET',cart,item) or '0')
        local new=tonumber(pieces)
        if verb=='add' then new=math.max(old+new,0) end
        if new>tonumber(most) and new>old then return {1,old} end
        if new>0 and old==0 and C('HLEN',cart)>=tonumber(lines) then return {2,old} end
        if verb=='clear' then C('DEL',cart)
        elseif new==0 then C('HDEL',cart,item)
        else C('HSET',cart,item,string.format('%d',new)) end
        if C('EXISTS',cart)==1 then C('PEXPIRE',cart,life) end
        C('SET',memory,string.format('%d',new),'PX',remembered)
        return {0,new}
        """,
        new ScriptSignature<CartChange>()
            .Key("cart", change => change.Cart)
            .Key("memory", change => change.Memory)
            .Argument("verb", change => change.Verb)
            .Argument("item", change => change.Item)
            .Argument("pieces", change => change.Pieces)
            .Argument("most", change => change.Limits.PiecesOfAnItem)
            .Argument("lines", change => change.Limits.Items)
            .Argument("life", change => (long)change.Limits.Life.TotalMilliseconds)
            .Argument("remembered", _ => (long)Remembered.TotalMilliseconds),
        Replies.Int64s,
        Twin);

    // end-snippet
    private static StoreReply Twin(NamedScriptContext script)
    {
        var (cart, memory, verb, item) = (script.Key("cart"), script.Key("memory"), script.Argument("verb").AsText(), script.Argument("item"));
        if (script.Call(Strings.Get(memory)) is { IsNull: false } before)
        {
            return Reply(CartStatus.Done, before.AsInt64());
        }

        var old = script.Call(Hashes.Get(cart, item)) is { IsNull: false } value ? value.AsInt64() : 0;
        var pieces = script.Argument("pieces").AsInt64();
        if (verb == Add) pieces = Math.Max(old + pieces, 0);
        if (pieces > script.Argument("most").AsInt64() && pieces > old) return Reply(CartStatus.TooManyPieces, old);
        if (pieces > 0 && old == 0 && script.Call(Hashes.Length(cart)) >= script.Argument("lines").AsInt64()) return Reply(CartStatus.TooManyItems, old);

        if (verb == Clear) script.Call(Keys.Delete(cart));
        else if (pieces == 0) script.Call(Hashes.Delete(cart, item));
        else script.Call(Hashes.Set(cart, item, pieces));
        if (script.Call(Keys.Exists(cart))) script.Call(Keys.Expire(cart, TimeSpan.FromMilliseconds(script.Argument("life").AsInt64())));
        script.Call(Strings.Set(memory, pieces, TimeSpan.FromMilliseconds(script.Argument("remembered").AsInt64())));
        return Reply(CartStatus.Done, pieces);
    }

    private static StoreReply Reply(CartStatus status, long pieces) => StoreReply.Array(StoreReply.Integer((long)status), StoreReply.Integer(pieces));
}
