using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on sorted sets.</summary>
internal static class SortedSetRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => SortedSets.Add(d.Key(KeyKind.SortedSet), d.Member(), d.Score()), weight: 8),
        For(d => SortedSets.Add(d.Key(KeyKind.SortedSet), d.Some(1, 6, () => Entry(d))), weight: 10),
        For(d => SortedSets.Add(d.Key(KeyKind.SortedSet), d.Many(() => new SortedSetEntry(d.Bulk(), d.Score()))), weight: 1),
        For(d => SortedSets.Add(d.Key(KeyKind.SortedSet), d.Word<ScoreWhen>(), d.Some(1, 4, () => Entry(d))), weight: 4),
        For(d => SortedSets.AddOrUpdate(d.Key(KeyKind.SortedSet), d.Word<ScoreWhen>(), d.Some(1, 4, () => Entry(d))), weight: 3),
        For(d => SortedSets.Increment(d.Key(KeyKind.SortedSet), d.Member(), d.Score()), ReplyRule.Scores, weight: 3),
        For(d => SortedSets.Increment(d.Key(KeyKind.SortedSet), d.Member(), d.Score(), d.Word<ScoreWhen>()), ReplyRule.Scores),
        For(d => SortedSets.Remove(d.Key(KeyKind.SortedSet), d.Member())),
        For(d => SortedSets.Remove(d.Key(KeyKind.SortedSet), d.Members())),
        For(d => SortedSets.Score(d.Key(KeyKind.SortedSet), d.Member()), ReplyRule.Scores),
        For(d => SortedSets.Scores(d.Key(KeyKind.SortedSet), d.Members()), ReplyRule.Scores),
        For(d => SortedSets.Length(d.Key(KeyKind.SortedSet))),
        For(d => SortedSets.Rank(d.Key(KeyKind.SortedSet), d.Member(), d.Word<Order>())),
        For(d => SortedSets.Range(d.Key(KeyKind.SortedSet), Ranks(d), d.Word<Order>()), weight: 3),
        For(d => SortedSets.RangeWithScores(d.Key(KeyKind.SortedSet), Ranks(d), d.Word<Order>()), ReplyRule.Scores, weight: 3),
        For(d => SortedSets.RangeByScore(d.Key(KeyKind.SortedSet), Scores(d), d.Word<Order>(), Limit(d))),
        For(d => SortedSets.RangeByScoreWithScores(d.Key(KeyKind.SortedSet), Scores(d), d.Word<Order>(), Limit(d)), ReplyRule.Scores),
        For(d => SortedSets.RangeStore(d.Key(KeyKind.SortedSet), d.Key(KeyKind.SortedSet), Ranks(d), d.Word<Order>()), weight: 1),
        For(d => SortedSets.RangeByScoreStore(d.Key(KeyKind.SortedSet), d.Key(KeyKind.SortedSet), Scores(d), d.Word<Order>(), Limit(d)), weight: 1),
        For(d => SortedSets.CountByScore(d.Key(KeyKind.SortedSet), Scores(d))),
        For(d => SortedSets.RemoveRange(d.Key(KeyKind.SortedSet), Ranks(d)), weight: 1),
        For(d => SortedSets.RemoveRangeByScore(d.Key(KeyKind.SortedSet), Scores(d)), weight: 1),
        For(d => SortedSets.PopMin(d.Key(KeyKind.SortedSet)), ReplyRule.Scores, weight: 1),
        For(d => SortedSets.PopMax(d.Key(KeyKind.SortedSet)), ReplyRule.Scores, weight: 1),
        For(d => SortedSets.PopMin(d.Key(KeyKind.SortedSet), d.Between(0, 4)), ReplyRule.Scores, weight: 1),
        For(d => SortedSets.PopMax(d.Key(KeyKind.SortedSet), d.Count()), ReplyRule.Scores, weight: 1),
        For(d => SortedSets.PopFirst(d.Word<ScoreEnd>(), d.Count(), d.Keys(KeyKind.SortedSet)), ReplyRule.Scores),
        For(d => SortedSets.RandomMember(d.Key(KeyKind.SortedSet)), ReplyRule.Shape, weight: 1),
        For(d => SortedSets.RandomMembers(d.Key(KeyKind.SortedSet), d.Between(-6, 6)), ReplyRule.Shape, weight: 1),
        For(d => SortedSets.RandomMembersWithScores(d.Key(KeyKind.SortedSet), d.Between(-6, 6)), ReplyRule.Shape, weight: 1),
        For(d => SortedSets.RandomMembers(d.Key(KeyKind.SortedSet), 100_000), ReplyRule.AnyOrder, weight: 1),
        ForScan(Scan, isPairs: true),
        .. SortedSetAlgebraRecipes.All,
        .. LexRecipes.All,
    ];

    public static SortedSetEntry Entry(Dice dice) => new(dice.Member(), dice.Score());

    public static RangeLimit Limit(Dice dice) => dice.Next(4) switch
    {
        0 => RangeLimit.Take(dice.Between(0, 4)),
        1 => RangeLimit.Skip(dice.Between(0, 4)),
        2 => RangeLimit.Page(dice.Between(0, 4), dice.Count()),
        _ => RangeLimit.None,
    };

    private static RankRange Ranks(Dice dice) => new(dice.Index(), dice.Index());

    private static ScoreRange Scores(Dice dice) => new(dice.Score(), dice.Score(), dice.Chance(30), dice.Chance(30));

    private static Func<ulong, StoreCommand> Scan(Dice dice)
    {
        var (key, pattern, count) = (dice.Key(KeyKind.SortedSet), dice.Pattern(), dice.Page());
        return cursor => SortedSets.Scan(key, cursor, pattern, count);
    }
}
