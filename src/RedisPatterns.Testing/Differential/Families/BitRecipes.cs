using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on bits.</summary>
internal static class BitRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Bits.Set(Key(d), d.Between(0, 100), d.Chance(50)), weight: 6),
        For(d => Bits.Get(Key(d), d.Chance(10) ? uint.MaxValue : d.Between(0, 120))),
        For(d => Bits.Count(Key(d))),
        For(d => Bits.Count(Key(d), d.Index(), d.Index(), d.Word<BitUnit>()), weight: 3),
        For(d => Bits.Position(Key(d), d.Chance(50), d.Chance(50) ? 0 : d.Index())),
        For(d => Bits.Position(Key(d), d.Chance(50), d.Index(), d.Index(), d.Word<BitUnit>()), weight: 3),
        For(Combine),
        For(d => Bits.Field(Key(d), d.Some(1, 4, () => Operation(d))), weight: 5),
        For(d => Bits.ReadField(Key(d), d.Some(1, 3, () => BitFieldOperation.Get(Type(d), d.Between(0, 100))))),
    ];

    private static StoreKey Key(Dice dice) => dice.Key(dice.Chance(70) ? KeyKind.Bits : KeyKind.String);

    private static StoreCommand Combine(Dice dice)
    {
        var operation = dice.Word<BitOperation>();
        return Bits.Combine(operation, Key(dice), dice.Some(1, operation == BitOperation.Not ? 1 : 3, () => Key(dice)));
    }

    private static BitFieldType Type(Dice dice) => dice.Chance(50) ? BitFieldType.Signed(dice.Between(1, 64)) : BitFieldType.Unsigned(dice.Between(1, 63));

    private static BitFieldOperation Operation(Dice dice) => dice.Next(3) switch
    {
        0 => BitFieldOperation.Get(Type(dice), dice.Between(0, 100)),
        1 => BitFieldOperation.Set(Type(dice), dice.Between(0, 100), dice.Integer(), dice.Word<BitOverflow>()),
        _ => BitFieldOperation.Increment(Type(dice), dice.Between(0, 100), dice.Integer(), dice.Word<BitOverflow>()),
    };
}
