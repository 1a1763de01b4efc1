using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on lists.</summary>
internal static class ListRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Lists.LeftPush(d.Key(KeyKind.List), d.Members(5)), weight: 6),
        For(d => Lists.RightPush(d.Key(KeyKind.List), d.Some(1, 5, d.Value)), weight: 6),
        For(d => Lists.RightPush(d.Key(KeyKind.List), d.Many(d.Value)), weight: 1),
        For(d => Lists.LeftPushIfExists(d.Key(KeyKind.List), d.Members())),
        For(d => Lists.RightPushIfExists(d.Key(KeyKind.List), d.Members())),
        For(d => Lists.LeftPop(d.Key(KeyKind.List))),
        For(d => Lists.LeftPop(d.Key(KeyKind.List), d.Chance(10) ? 0 : d.Count()), weight: 1),
        For(d => Lists.RightPop(d.Key(KeyKind.List))),
        For(d => Lists.RightPop(d.Key(KeyKind.List), d.Chance(10) ? 0 : d.Count()), weight: 1),
        For(d => Lists.PopFirst(d.Keys(KeyKind.List), d.Word<ListSide>(), d.Count())),
        For(d => Lists.Move(d.Key(KeyKind.List), d.Key(KeyKind.List), d.Word<ListSide>(), d.Word<ListSide>())),
        For(d => Lists.Range(d.Key(KeyKind.List), d.Index(), d.Index()), weight: 3),
        For(d => Lists.Get(d.Key(KeyKind.List), d.Index())),
        For(d => Lists.Length(d.Key(KeyKind.List))),
        For(d => Lists.Set(d.Key(KeyKind.List), d.Index(), d.Value())),
        For(d => Lists.InsertBefore(d.Key(KeyKind.List), d.Member(), d.Member())),
        For(d => Lists.InsertAfter(d.Key(KeyKind.List), d.Member(), d.Member())),
        For(d => Lists.Remove(d.Key(KeyKind.List), d.Member(), d.Between(-2, 2))),
        For(d => Lists.Trim(d.Key(KeyKind.List), d.Index(), d.Index()), weight: 1),
        For(d => Lists.Position(d.Key(KeyKind.List), d.Member(), Rank(d), d.Between(0, 5))),
        For(d => Lists.Positions(d.Key(KeyKind.List), d.Member(), d.Between(0, 3), Rank(d), d.Between(0, 5))),
    ];

    private static long Rank(Dice dice) => dice.Between(1, 3) * (dice.Chance(50) ? 1 : -1);
}
