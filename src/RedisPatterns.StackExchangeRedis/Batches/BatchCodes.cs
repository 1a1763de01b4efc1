namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>The short names by which <see cref="BatchScript"/> knows things.</summary>
internal static class BatchCodes
{
    public static string Of(ConditionKind kind) => kind switch
    {
        ConditionKind.KeyExists => "E",
        ConditionKind.KeyAbsent => "A",
        ConditionKind.KeyType => "T",
        ConditionKind.StringEquals => "S",
        ConditionKind.Number => "N",
        ConditionKind.HashFieldEquals => "H",
        ConditionKind.HashFieldExists => "h",
        ConditionKind.HashFieldAbsent => "x",
        ConditionKind.SetContains => "M",
        ConditionKind.SetLacks => "m",
        ConditionKind.SortedSetContains => "Z",
        ConditionKind.SortedSetLacks => "z",
        ConditionKind.Score => "O",
        ConditionKind.Cardinality => "C",
        ConditionKind.SameReply => "R",
        _ => throw new UnsupportedCommandException($"{kind}: the store does not know the condition."),
    };

    public static string Of(PrecheckKind kind) => kind switch
    {
        PrecheckKind.Type => "T",
        PrecheckKind.SetOrSortedSet => "B",
        PrecheckKind.Integer => "I",
        PrecheckKind.HashInteger => "J",
        PrecheckKind.Float => "F",
        PrecheckKind.HashFloat => "G",
        PrecheckKind.StringLength => "L",
        PrecheckKind.HyperLogLog => "P",
        PrecheckKind.KeyExists => "X",
        PrecheckKind.ListIndex => "D",
        PrecheckKind.Member => "Y",
        PrecheckKind.StreamIdAbove => "U",
        PrecheckKind.Group => "R",
        _ => throw new UnsupportedCommandException($"{kind}: the store does not know the check."),
    };

    public static string Of(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "eq",
        Comparison.NotEqual => "ne",
        Comparison.Less => "lt",
        Comparison.LessOrEqual => "le",
        Comparison.Greater => "gt",
        _ => "ge",
    };

    /// <summary>What <c>TYPE</c> says of a type.</summary>
    public static string NameOf(DataType type) => type switch
    {
        DataType.None => "none",
        DataType.String => "string",
        DataType.List => "list",
        DataType.Set => "set",
        DataType.SortedSet => "zset",
        DataType.Hash => "hash",
        DataType.Stream => "stream",
        _ => "other",
    };

    /// <summary>The command that counts the elements of a type, and fails on every other type.</summary>
    public static string CountOf(DataType type) => type switch
    {
        DataType.String => "STRLEN",
        DataType.List => "LLEN",
        DataType.Set => "SCARD",
        DataType.SortedSet => "ZCARD",
        DataType.Hash => "HLEN",
        DataType.Stream => "XLEN",
        _ => throw new UnsupportedCommandException($"{type}: the store can not count elements of this type."),
    };
}
