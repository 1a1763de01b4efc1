using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on HyperLogLogs: their keys are given to no others, since what Redis makes of damaged ones is not defined.</summary>
internal static class HyperLogLogRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => HyperLogLogs.Add(Key(d), d.Some(0, 6, d.Member)), weight: 6),
        For(d => HyperLogLogs.Add(Key(d), d.Some(1, 60, () => (StoreValue)d.Next(1_000_000))), weight: 2),
        For(d => HyperLogLogs.Count(Key(d)), weight: 3, inBatches: false),
        For(d => HyperLogLogs.Count(d.Keys(KeyKind.HyperLogLog)), weight: 2, inBatches: false),
        For(d => HyperLogLogs.Merge(Key(d), d.Keys(KeyKind.HyperLogLog)), weight: 2),
        ForGroup(d => d.Key() is var key ? [Sets.Add(key, "a"), HyperLogLogs.Add(key, "a")] : [], weight: 2),
        ForGroup(d => d.Key() is var key ? [Strings.Set(key, d.Value()), HyperLogLogs.Merge(key, Key(d), d.Key())] : []),
        For(d => HyperLogLogs.Count(Key(d), d.Key(KeyKind.Set)), inBatches: false),
        For(d => Strings.Get(Key(d))),
        For(d => Strings.Length(Key(d))),
        For(d => Keys.Copy(Key(d), Key(d), d.Chance(50))),
        For(d => Keys.Rename(Key(d), Key(d)), weight: 1),
        For(d => Keys.Expire(Key(d), d.Span())),
        For(d => Keys.TimeToLive(Key(d)), ReplyRule.Time),
        For(d => Keys.Delete(Key(d)), weight: 1),
    ];

    private static StoreKey Key(Dice dice) => dice.Key(KeyKind.HyperLogLog);
}
