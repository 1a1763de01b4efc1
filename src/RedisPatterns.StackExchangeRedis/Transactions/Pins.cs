using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>The driver's conditions that hold what was read.</summary>
internal static class Pins
{
    /// <summary>The string is still that, or still absent. The driver takes 12 and 012 for equal, so the length is held too.</summary>
    public static Condition[] Text(RedisKey key, StoreValue value) => value.IsNull
        ? [Condition.KeyNotExists(key)]
        : [Condition.StringEqual(key, DriverValues.ToValue(value)), Condition.StringLengthEqual(key, value.GetByteCount())];

    /// <summary>The field is still that, or still absent.</summary>
    public static Condition[] Field(RedisKey key, RedisValue field, StoreValue value) =>
        [value.IsNull ? Condition.HashNotExists(key, field) : Condition.HashEqual(key, field, DriverValues.ToValue(value))];

    /// <summary>The key still has the type, or does not exist: counting elements fails on every other type.</summary>
    public static Condition TypeOrAbsent(RedisKey key, DataType type) => type switch
    {
        DataType.String => Condition.StringLengthGreaterThan(key, -1),
        DataType.List => Condition.ListLengthGreaterThan(key, -1),
        DataType.Set => Condition.SetLengthGreaterThan(key, -1),
        DataType.SortedSet => Condition.SortedSetLengthGreaterThan(key, -1),
        DataType.Hash => Condition.HashLengthGreaterThan(key, -1),
        DataType.Stream => Condition.StreamLengthGreaterThan(key, -1),
        _ => throw NotWithoutScripts(),
    };

    /// <summary>There are still as many elements.</summary>
    public static Condition Count(RedisKey key, DataType type, long count) => type switch
    {
        DataType.String => Condition.StringLengthEqual(key, count),
        DataType.List => Condition.ListLengthEqual(key, count),
        DataType.Set => Condition.SetLengthEqual(key, count),
        DataType.SortedSet => Condition.SortedSetLengthEqual(key, count),
        DataType.Hash => Condition.HashLengthEqual(key, count),
        _ => Condition.StreamLengthEqual(key, count),
    };

    /// <summary>The type that <c>TYPE</c> said is still there.</summary>
    public static Condition Type(RedisKey key, string type) => type == "none" ? Condition.KeyNotExists(key) : TypeOrAbsent(key, TypeOf(type));

    public static DataType TypeOf(string type) => type switch
    {
        "none" => DataType.None,
        "string" => DataType.String,
        "list" => DataType.List,
        "set" => DataType.Set,
        "zset" => DataType.SortedSet,
        "hash" => DataType.Hash,
        "stream" => DataType.Stream,
        _ => DataType.Other,
    };

    public static UnsupportedCommandException NotWithoutScripts() => new(
        "What a command or condition of the batch depends on can only be held by a script, and the store runs none; nothing was written.");
}
