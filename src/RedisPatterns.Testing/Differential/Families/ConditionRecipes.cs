namespace RedisPatterns.Testing;

/// <summary>Conditions of batches, of which about half hold.</summary>
internal static class ConditionRecipes
{
    public static BatchCondition Draw(Dice d) => d.Next(16) switch
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
        _ => Cardinality(d),
    };

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
