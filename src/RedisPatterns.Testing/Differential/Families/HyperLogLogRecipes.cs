using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on HyperLogLogs.</summary>
internal static class HyperLogLogRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => HyperLogLogs.Add(d.Key(KeyKind.HyperLogLog), d.Some(0, 6, d.Member)), weight: 4),
        For(d => HyperLogLogs.Add(d.Key(KeyKind.HyperLogLog), d.Some(1, 60, () => (StoreValue)d.Next(1_000_000))), weight: 1),
        For(d => HyperLogLogs.Count(d.Key(KeyKind.HyperLogLog)), weight: 3, inBatches: false),
        For(d => HyperLogLogs.Count(d.Keys(KeyKind.HyperLogLog)), weight: 2, inBatches: false),
        For(d => HyperLogLogs.Merge(d.Key(KeyKind.HyperLogLog), d.Keys(KeyKind.HyperLogLog)), weight: 2),
    ];
}
