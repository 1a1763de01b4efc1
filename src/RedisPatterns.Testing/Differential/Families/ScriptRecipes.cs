using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Scripts with twins.</summary>
internal static class ScriptRecipes
{
    private static readonly AtomicScript<StoreReply> CompareAndSet = new(
        "compare-and-set",
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then
          redis.call('SET', KEYS[1], ARGV[2])
          return 1
        end
        return 0
        """,
        Replies.Raw,
        static context =>
        {
            if (context.Call(Strings.Get(context.Keys[0])) != context.Arguments[0])
            {
                return StoreReply.Integer(0);
            }

            context.Call(Strings.Set(context.Keys[0], context.Arguments[1]));
            return StoreReply.Integer(1);
        });

    private static readonly AtomicScript<StoreReply> LengthAndFirst = new(
        "length-and-first",
        "return {redis.call('LLEN', KEYS[1]), {redis.call('LINDEX', KEYS[1], 0)}, ARGV[1], redis.call('EXISTS', KEYS[1], KEYS[2])}",
        Replies.Raw,
        static context => StoreReply.Array(
            StoreReply.Integer(context.Call(Lists.Length(context.Keys[0]))),
            StoreReply.Array(StoreReply.FromValue(context.Call(Lists.Get(context.Keys[0], 0)))),
            StoreReply.FromValue(context.Arguments[0]),
            StoreReply.Integer(context.Call(Keys.Exists([.. context.Keys])))),
        isReadOnly: true);

    public static ScriptStep Draw(Dice dice) => dice.Chance(60)
        ? new(CompareAndSet.With([dice.Key(KeyKind.String)], dice.Value(), dice.Value()))
        : new(LengthAndFirst.With([dice.Key(KeyKind.List), dice.Key()], dice.Value()));
}
