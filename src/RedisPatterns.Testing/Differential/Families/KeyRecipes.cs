using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on keys whatever they hold.</summary>
internal static class KeyRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Keys.Exists(d.Key())),
        For(d => Keys.Exists(d.Some(1, 4, d.Key))),
        For(d => Keys.Delete(d.Key()), weight: 1),
        For(d => Keys.Delete(d.Some(1, 3, d.Key)), weight: 1),
        For(d => Keys.Unlink(d.Key()), weight: 1),
        For(d => Keys.Unlink(d.Some(1, 3, d.Key)), weight: 1),
        For(d => Keys.Touch(d.Some(1, 4, d.Key)), weight: 1),
        For(d => Keys.Expire(d.Key(), d.Span(), d.Word<ExpireWhen>(50)), weight: 6),
        For(d => Keys.ExpireAt(d.Key(), d.Moment(), d.Word<ExpireWhen>(50)), weight: 4),
        For(d => Keys.TimeToLive(d.Key()), ReplyRule.Time, weight: 4),
        For(d => Keys.ExpireTime(d.Key()), ReplyRule.Time),
        For(d => Keys.Persist(d.Key())),
        For(d => Keys.Type(d.Key()), weight: 4),
        For(d => Keys.Rename(d.Key(), d.Key())),
        For(d => Keys.RenameIfAbsent(d.Key(), d.Key())),
        For(d => Keys.Copy(d.Key(), d.Key(), d.Chance(50))),
        ForScan(d => Scan(d, d.Chance(70) ? DataType.None : d.Word<DataType>(), d.Page()), isPairs: false),
    ];

    private static Func<ulong, StoreCommand> Scan(Dice dice, DataType type, int? count)
    {
        var pattern = dice.Pool.Tag + (dice.Pattern() ?? "*");
        return cursor => Keys.Scan(cursor, pattern, count ?? 1000, type == DataType.Other ? DataType.None : type);
    }
}
