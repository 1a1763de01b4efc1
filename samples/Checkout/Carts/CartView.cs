using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Carts;

/// <summary>What is in a cart, whose end is put off if it is there. A script, since Garnet can not be told to put off the end of what has just ended.</summary>
internal sealed record CartView(StoreKey Cart, TimeSpan Life)
{
    public static AtomicScript<CartView, StoreValue[]> Script { get; } = new(
        "view cart",
        """
        local lines=redis.call('HGETALL',cart)
        if #lines>0 then redis.call('PEXPIRE',cart,life) end
        return lines
        """,
        new ScriptSignature<CartView>()
            .Key("cart", view => view.Cart)
            .Argument("life", view => (long)view.Life.TotalMilliseconds),
        Replies.Values,
        Twin);

    private static StoreReply Twin(NamedScriptContext script)
    {
        var lines = script.Call(Hashes.GetAll(script.Key("cart")));
        if (lines.Length > 0) script.Call(Keys.Expire(script.Key("cart"), TimeSpan.FromMilliseconds(script.Argument("life").AsInt64())));
        return StoreReply.Array([.. lines.SelectMany(line => (StoreReply[])[StoreReply.FromValue(line.Field), StoreReply.FromValue(line.Value)])]);
    }
}
