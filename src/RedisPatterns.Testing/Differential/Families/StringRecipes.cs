using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on strings.</summary>
internal static class StringRecipes
{
    // One byte more than a string can have.
    private const long LastOffset = (512L * 1024 * 1024) - 1;

    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Strings.Get(d.Key(KeyKind.String)), weight: 4),
        For(d => Strings.GetMany(d.Keys(KeyKind.String, 5))),
        For(d => Strings.Set(d.Key(KeyKind.String), d.Value()), weight: 6),
        For(d => Strings.Set(d.Key(KeyKind.String), d.Value(), d.Expiry(keep: true) is var e && e == Expiry.Persist ? Expiry.None : e, d.Word<SetWhen>()), weight: 4),
        For(d => Strings.GetAndSet(d.Key(KeyKind.String), d.Value(), d.Chance(70) ? Expiry.None : d.Span(), d.Word<SetWhen>())),
        For(d => Strings.SetMany(d.Some(1, 4, () => KeyValuePair.Create(d.Key(KeyKind.String), d.Value())))),
        For(d => Strings.SetManyIfAbsent(d.Some(1, 2, () => KeyValuePair.Create(d.Key(KeyKind.String), d.Value())))),
        For(d => Strings.GetAndDelete(d.Key(KeyKind.String)), weight: 1),
        For(d => Strings.GetAndExpire(d.Key(KeyKind.String), d.Expiry(keep: false))),
        For(d => Strings.Increment(d.Key(KeyKind.String), d.Integer()), weight: 5),
        For(d => Strings.IncrementFloat(d.Key(KeyKind.String), d.Number()), ReplyRule.Scores, weight: 3),
        For(d => Strings.Append(d.Key(KeyKind.String), d.Value())),
        For(d => Strings.GetRange(d.Key(KeyKind.String), d.Index(), d.Index())),
        For(d => Strings.SetRange(d.Key(KeyKind.String), d.Chance(3) ? LastOffset : d.Between(0, 40), d.Chance(10) ? "" : "xyz")),
        For(d => Strings.Length(d.Key(KeyKind.String))),
    ];
}
