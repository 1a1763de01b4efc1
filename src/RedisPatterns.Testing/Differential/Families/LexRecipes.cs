using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Ranges by lex, each behind commands that give all members one score.</summary>
internal static class LexRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        ForGroup(d => [.. Prepare(d, out var key), SortedSets.RangeByLex(key, Range(d), d.Word<Order>(), SortedSetRecipes.Limit(d)), SortedSets.CountByLex(key, Range(d))]),
        ForGroup(d => [.. Prepare(d, out var key), SortedSets.RemoveRangeByLex(key, Range(d))]),
        ForGroup(d => [.. Prepare(d, out var key), SortedSets.RangeByLexStore(d.Key(KeyKind.SortedSet), key, Range(d), d.Word<Order>(), SortedSetRecipes.Limit(d))]),
    ];

    private static StoreCommand[] Prepare(Dice dice, out StoreKey key)
    {
        key = dice.Key(KeyKind.SortedSet);
        var score = dice.Between(0, 1);
        return [Keys.Delete(key), SortedSets.Add(key, dice.Some(1, 8, () => new SortedSetEntry(dice.Member(), score)))];
    }

    private static LexRange Range(Dice dice) => dice.Next(6) switch
    {
        0 => LexRange.All,
        1 => LexRange.StartingWith(dice.Member()),
        2 => new(default, dice.Member(), excludeMax: dice.Chance(50)),
        3 => new(dice.Member(), default, excludeMin: dice.Chance(50)),
        _ => new(dice.Member(), dice.Member(), dice.Chance(50), dice.Chance(50)),
    };
}
