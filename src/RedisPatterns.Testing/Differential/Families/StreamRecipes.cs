using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on streams and their groups.</summary>
internal static class StreamRecipes
{
    // Milliseconds that no clock shows before the year 2286.
    private const ulong FarFuture = 9_999_999_999_999;

    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Streams.Add(d.Key(KeyKind.Stream), d.NewId(), Fields(d)), weight: 14),
        For(d => Streams.Add(d.Key(KeyKind.Stream), StreamNewId.At((ulong)d.Next(20)), Fields(d)), weight: 3),
        For(d => Streams.Add(d.Key(KeyKind.Stream), d.NewId(), Fields(d), Trim(d), d.Chance(30)), weight: 3),
        ForGroup(d => d.Key(KeyKind.Stream) is var key && d.Chance(30)
            ? [Streams.Add(key, new StreamId(FarFuture, ulong.MaxValue - (ulong)d.Next(2)), Fields(d)), Streams.Add(key, Fields(d)), Streams.Add(key, Fields(d))]
            : [Streams.Length(key)]),
        ForGroup(d => d.Key(KeyKind.Stream) is var key && d.Chance(25) ? [.. d.Many(() => (StoreCommand)Streams.Add(key, StreamNewId.At(40), [new("n", d.Next(9))]))] : []),
        For(d => Streams.Trim(d.Key(KeyKind.Stream), Trim(d)), weight: 1),
        For(d => Streams.Delete(d.Key(KeyKind.Stream), d.Some(1, 3, d.Id))),
        For(d => Streams.Length(d.Key(KeyKind.Stream))),
        For(d => Streams.Range(d.Key(KeyKind.Stream), Range(d), d.Word<Order>(), Count(d)), weight: 4),
        For(d => Streams.Read(d.Key(KeyKind.Stream), d.Id(), Count(d)), ReplyRule.Pairs),
        For(d => Streams.Read(Count(d), d.Some(1, 3, () => StreamPosition.Behind(d.Key(KeyKind.Stream), d.Id()))), ReplyRule.Pairs),
        For(d => Streams.SetLastId(d.Key(KeyKind.Stream), d.NewId()), weight: 1),
        For(d => Streams.SetLastId(d.Key(KeyKind.Stream), d.NewId(), d.Between(0, 30), d.Id()), weight: 1, inBatches: false),
        For(d => Streams.Info(d.Key(KeyKind.Stream)), ReplyRule.Info),
        .. StreamGroupRecipes.All,
    ];

    public static StreamRange Range(Dice dice) => dice.Next(5) switch
    {
        0 => StreamRange.All,
        1 => StreamRange.Exactly(dice.Id()),
        _ => new(dice.Id() is var min && min == StreamId.MaxValue ? StreamId.Zero : min, dice.Id() is var max && max == StreamId.Zero ? StreamId.MaxValue : max, dice.Chance(20), dice.Chance(20)),
    };

    public static long? Count(Dice dice) => dice.Chance(50) ? null : dice.Count();

    private static KeyValuePair<StoreValue, StoreValue>[] Fields(Dice dice) =>
        dice.Some(1, 3, () => KeyValuePair.Create(dice.Member(), dice.Value()));

    private static StreamTrim Trim(Dice dice) => dice.Chance(60) ? StreamTrim.MaxLength(dice.Between(0, 10)) : StreamTrim.MinId(dice.Id());
}
