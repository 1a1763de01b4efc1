using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on hashes.</summary>
internal static class HashRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Hashes.Get(d.Key(KeyKind.Hash), d.Member())),
        For(d => Hashes.GetMany(d.Key(KeyKind.Hash), d.Members())),
        For(d => Hashes.GetAll(d.Key(KeyKind.Hash)), ReplyRule.PairsInAnyOrder),
        For(d => Hashes.Set(d.Key(KeyKind.Hash), d.Member(), d.Value()), weight: 6),
        For(d => Hashes.Set(d.Key(KeyKind.Hash), d.Some(1, 5, () => new HashEntry(d.Member(), d.Value()))), weight: 6),
        For(d => Hashes.Set(d.Key(KeyKind.Hash), d.Many(() => new HashEntry(d.Bulk(), d.Value()))), weight: 1),
        For(d => Hashes.SetIfAbsent(d.Key(KeyKind.Hash), d.Member(), d.Value())),
        For(d => Hashes.Delete(d.Key(KeyKind.Hash), d.Member())),
        For(d => Hashes.Delete(d.Key(KeyKind.Hash), d.Members())),
        For(d => Hashes.Exists(d.Key(KeyKind.Hash), d.Member())),
        For(d => Hashes.Fields(d.Key(KeyKind.Hash)), ReplyRule.AnyOrder),
        For(d => Hashes.Values(d.Key(KeyKind.Hash)), ReplyRule.AnyOrder),
        For(d => Hashes.Length(d.Key(KeyKind.Hash))),
        For(d => Hashes.ValueLength(d.Key(KeyKind.Hash), d.Member())),
        For(d => Hashes.Increment(d.Key(KeyKind.Hash), d.Member(), d.Integer()), weight: 4),
        For(d => Hashes.IncrementFloat(d.Key(KeyKind.Hash), d.Member(), d.Number()), ReplyRule.Scores),
        For(d => Hashes.RandomField(d.Key(KeyKind.Hash)), ReplyRule.Shape, weight: 1),
        For(d => Hashes.RandomFields(d.Key(KeyKind.Hash), d.Between(-6, 6)), ReplyRule.Shape, weight: 1),
        For(d => Hashes.RandomEntries(d.Key(KeyKind.Hash), d.Between(-6, 6)), ReplyRule.Shape, weight: 1),
        For(d => Hashes.RandomEntries(d.Key(KeyKind.Hash), 100_000), ReplyRule.PairsInAnyOrder, weight: 1),
        For(d => Hashes.Expire(d.Key(KeyKind.Hash), d.Span(), d.Members(), d.Word<ExpireWhen>(50)), weight: 4),
        For(d => Hashes.ExpireAt(d.Key(KeyKind.Hash), d.Moment(), d.Members(), d.Word<ExpireWhen>(50))),
        For(d => Hashes.TimeToLive(d.Key(KeyKind.Hash), d.Members()), ReplyRule.Time),
        For(d => Hashes.ExpireTime(d.Key(KeyKind.Hash), d.Members()), ReplyRule.Time),
        For(d => Hashes.Persist(d.Key(KeyKind.Hash), d.Members())),
        ForScan(Scan, isPairs: true),
    ];

    private static Func<ulong, StoreCommand> Scan(Dice dice)
    {
        var (key, pattern, count) = (dice.Key(KeyKind.Hash), dice.Pattern(), dice.Page());
        return cursor => Hashes.Scan(key, cursor, pattern, count);
    }
}
