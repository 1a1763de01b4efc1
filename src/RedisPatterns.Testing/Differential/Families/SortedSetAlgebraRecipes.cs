using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Unions, intersections and differences of sorted sets, and of sets among them.</summary>
internal static class SortedSetAlgebraRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Sources(d) is var keys ? SortedSets.Union(keys, Weights(d, keys.Length), d.Word<Aggregate>()) : null!),
        For(d => Sources(d) is var keys ? SortedSets.UnionWithScores(keys, Weights(d, keys.Length), d.Word<Aggregate>()) : null!, ReplyRule.Scores),
        For(d => Sources(d) is var keys ? SortedSets.Intersect(keys, Weights(d, keys.Length), d.Word<Aggregate>()) : null!),
        For(d => Sources(d) is var keys ? SortedSets.IntersectWithScores(keys, Weights(d, keys.Length), d.Word<Aggregate>()) : null!, ReplyRule.Scores),
        For(d => SortedSets.IntersectLength(Sources(d), d.Between(0, 4))),
        For(d => SortedSets.Difference(Sources(d))),
        For(d => SortedSets.DifferenceWithScores(Sources(d)), ReplyRule.Scores),
        For(d => Sources(d) is var keys ? SortedSets.UnionStore(d.Key(KeyKind.SortedSet), keys, Weights(d, keys.Length), d.Word<Aggregate>()) : null!),
        For(d => Sources(d) is var keys ? SortedSets.IntersectStore(d.Key(KeyKind.SortedSet), keys, Weights(d, keys.Length), d.Word<Aggregate>()) : null!),
        For(d => SortedSets.DifferenceStore(d.Key(KeyKind.SortedSet), Sources(d))),
    ];

    private static StoreKey[] Sources(Dice dice) => dice.Some(1, 3, () => dice.Key(dice.Chance(15) ? KeyKind.Set : KeyKind.SortedSet));

    // Weights that keep sums exact, so that the order of adding does not show.
    private static double[] Weights(Dice dice, int count) =>
        dice.Chance(50) ? [] : dice.Some(count, count, () => dice.Next(8) == 0 ? double.PositiveInfinity : dice.Between(-2, 3));
}
