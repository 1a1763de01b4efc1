using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on sets.</summary>
internal static class SetRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Sets.Add(d.Key(KeyKind.Set), d.Member()), weight: 6),
        For(d => Sets.Add(d.Key(KeyKind.Set), d.Members(6)), weight: 8),
        For(d => Sets.Add(d.Key(KeyKind.Set), d.Many(d.Bulk)), weight: 1),
        For(d => Sets.Remove(d.Key(KeyKind.Set), d.Member())),
        For(d => Sets.Remove(d.Key(KeyKind.Set), d.Members())),
        For(d => Sets.Members(d.Key(KeyKind.Set)), ReplyRule.AnyOrder),
        For(d => Sets.Contains(d.Key(KeyKind.Set), d.Member())),
        For(d => Sets.ContainsMany(d.Key(KeyKind.Set), d.Members())),
        For(d => Sets.Length(d.Key(KeyKind.Set))),
        For(d => Sets.Pop(d.Key(KeyKind.Set), d.Chance(30) ? 0 : 100_000), ReplyRule.AnyOrder, weight: 1),
        For(d => Sets.RandomMember(d.Key(KeyKind.Set)), ReplyRule.Shape, weight: 1),
        For(d => Sets.RandomMembers(d.Key(KeyKind.Set), d.Between(-6, 6)), ReplyRule.Shape, weight: 1),
        For(d => Sets.RandomMembers(d.Key(KeyKind.Set), 100_000), ReplyRule.AnyOrder, weight: 1),
        For(d => Sets.Move(d.Key(KeyKind.Set), d.Key(KeyKind.Set), d.Member())),
        For(d => Sets.Intersect(d.Keys(KeyKind.Set)), ReplyRule.AnyOrder),
        For(d => Sets.Union(d.Keys(KeyKind.Set)), ReplyRule.AnyOrder),
        For(d => Sets.Difference(d.Keys(KeyKind.Set)), ReplyRule.AnyOrder),
        For(d => Sets.IntersectLength(d.Keys(KeyKind.Set), d.Between(0, 4))),
        For(d => Sets.IntersectStore(d.Key(KeyKind.Set), d.Keys(KeyKind.Set))),
        For(d => Sets.UnionStore(d.Key(KeyKind.Set), d.Keys(KeyKind.Set))),
        For(d => Sets.DifferenceStore(d.Key(KeyKind.Set), d.Keys(KeyKind.Set))),
        ForScan(Scan, isPairs: false),
    ];

    private static Func<ulong, StoreCommand> Scan(Dice dice)
    {
        var (key, pattern, count) = (dice.Key(KeyKind.Set), dice.Pattern(), dice.Page());
        return cursor => Sets.Scan(key, cursor, pattern, count);
    }
}
