using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Conditions of batches, of which about half hold.</summary>
internal static class ConditionRecipes
{
    public static BatchCondition Draw(Dice d) => d.Next(18) switch
    {
        0 => BatchCondition.Exists(d.Key()),
        1 => BatchCondition.Absent(d.Key()),
        2 => BatchCondition.HasType(d.Key(KeyKind.Hash), d.Chance(60) ? DataType.Hash : d.Word<DataType>() is var type && type == DataType.Other ? DataType.None : type),
        3 => BatchCondition.StringEquals(d.Key(KeyKind.String), d.Value()),
        4 => BatchCondition.NumberAtLeast(d.Key(KeyKind.String), d.Integer()),
        5 => BatchCondition.NumberAtMost(d.Key(KeyKind.String), d.Integer()),
        6 => BatchCondition.HashFieldEquals(d.Key(KeyKind.Hash), d.Member(), d.Value()),
        7 => BatchCondition.HashFieldExists(d.Key(KeyKind.Hash), d.Member()),
        8 => BatchCondition.HashFieldAbsent(d.Key(KeyKind.Hash), d.Member()),
        9 => BatchCondition.SetContains(d.Key(KeyKind.Set), d.Member()),
        10 => BatchCondition.SetLacks(d.Key(KeyKind.Set), d.Member()),
        11 => BatchCondition.SortedSetContains(d.Key(KeyKind.SortedSet), d.Member()),
        12 => BatchCondition.SortedSetLacks(d.Key(KeyKind.SortedSet), d.Member()),
        13 => BatchCondition.Score(d.Key(KeyKind.SortedSet), d.Member(), d.Word<Comparison>(), d.Score()),
        14 => BatchCondition.Cardinality(d.Key(KeyKind.List), DataType.List, d.Word<Comparison>(), d.Between(0, 6)),
        15 => Cardinality(d),
        _ => SameReply(d),
    };

    // Of what comes in no order of its own nothing is read: two stores need not agree on it.
    private static BatchCondition SameReply(Dice d) => d.Next(10) switch
    {
        0 => BatchCondition.SameReply(Strings.Get(d.Key(KeyKind.String)), ValueOrNull(d)),
        1 => BatchCondition.SameReply(Strings.GetMany(d.Key(KeyKind.String), d.Key(KeyKind.String)), StoreReply.Array(ValueOrNull(d), ValueOrNull(d))),
        2 => BatchCondition.SameReply(Keys.Exists(d.Key(), d.Key()), StoreReply.Integer(d.Between(0, 2))),
        3 => BatchCondition.SameReply(Hashes.Get(d.Key(KeyKind.Hash), d.Member()), ValueOrNull(d)),
        4 => BatchCondition.SameReply(Hashes.GetMany(d.Key(KeyKind.Hash), d.Member(), d.Member()), StoreReply.Array(ValueOrNull(d), ValueOrNull(d))),
        5 => BatchCondition.SameReply(Lists.Range(d.Key(KeyKind.List), 0, d.Between(0, 1)), StoreReply.Array([.. d.Some(0, 2, () => StoreReply.FromValue(d.Value()))])),
        6 => BatchCondition.SameReply(Sets.Contains(d.Key(KeyKind.Set), d.Member()), StoreReply.Integer(d.Between(0, 1))),
        7 => BatchCondition.SameReply(SortedSets.Score(d.Key(KeyKind.SortedSet), d.Member()), d.Chance(60) ? StoreReply.Null : StoreReply.FromValue(d.Number())),
        8 => BatchCondition.SameReply(
            SortedSets.RangeWithScores(d.Key(KeyKind.SortedSet), new RankRange(0, 0)),
            d.Chance(50) ? StoreReply.Array() : StoreReply.Array(StoreReply.FromValue(d.Member()), StoreReply.FromValue(d.Score()))),
        _ => BatchCondition.SameReply(Streams.Length(d.Key(KeyKind.Stream)), StoreReply.Integer(d.Between(0, 3))),
    };

    private static StoreReply ValueOrNull(Dice d) => d.Chance(60) ? StoreReply.Null : StoreReply.FromValue(d.Value());

    private static BatchCondition Cardinality(Dice dice)
    {
        (KeyKind Kind, DataType Type)[] types =
        [
            (KeyKind.String, DataType.String), (KeyKind.Hash, DataType.Hash), (KeyKind.Set, DataType.Set),
            (KeyKind.SortedSet, DataType.SortedSet), (KeyKind.List, DataType.List), (KeyKind.Stream, DataType.Stream),
        ];
        var (kind, type) = dice.Pick(types);
        return BatchCondition.Cardinality(dice.Key(kind), type, dice.Word<Comparison>(), dice.Between(0, 6));
    }
}
