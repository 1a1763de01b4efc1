using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>The driver's conditions that hold the reply of a whole read, for the reads that they can hold.</summary>
internal static class ReadPins
{
    /// <summary>What must still be so for the read to give the reply.</summary>
    /// <exception cref="UnsupportedCommandException">It takes a script to hold this read.</exception>
    public static Condition[] Of(StoreCommand read, StoreReply reply)
    {
        var key = DriverValues.ToKey(read[0]);
        return read.Definition.Name switch
        {
            "GET" => Pins.Text(key, reply.Value),
            "MGET" => [.. Each(read, reply, first: 0, (argument, value) => Pins.Text(DriverValues.ToKey(argument), value.Value))],
            "EXISTS" when read.ArgumentCount == 1 => [reply.Value == 1 ? Condition.KeyExists(key) : Condition.KeyNotExists(key)],
            "TYPE" => [Pins.Type(key, reply.Value.ToString())],
            "HGET" => Pins.Field(key, DriverValues.ToValue(read[1]), reply.Value),
            "HMGET" => [.. Each(read, reply, first: 1, (field, value) => Pins.Field(key, DriverValues.ToValue(field), value.Value))],
            "HGETALL" => [Condition.HashLengthEqual(key, reply.Items.Length / 2), .. Fields(key, reply)],
            "HEXISTS" => [reply.Value == 1 ? Condition.HashExists(key, DriverValues.ToValue(read[1])) : Condition.HashNotExists(key, DriverValues.ToValue(read[1]))],
            "SISMEMBER" => [Member(key, read[1], reply.Value == 1)],
            "SMISMEMBER" => [.. Each(read, reply, first: 1, (member, value) => [Member(key, member, value.Value == 1)])],
            "SMEMBERS" => [Condition.SetLengthEqual(key, reply.Items.Length), .. Each(reply, item => Member(key, item.Value, isMember: true))],
            "ZSCORE" => [Score(key, read[1], reply)],
            "ZMSCORE" => [.. Each(read, reply, first: 1, (member, score) => [Score(key, member, score)])],
            "LINDEX" => [Item(key, read[1].AsInt64(), reply.Value)],
            "LRANGE" when IsWhole(read) => [Condition.ListLengthEqual(key, reply.Items.Length), .. Items(key, reply)],
            "STRLEN" => [Pins.Count(key, DataType.String, reply.Value.AsInt64())],
            "LLEN" => [Pins.Count(key, DataType.List, reply.Value.AsInt64())],
            "SCARD" => [Pins.Count(key, DataType.Set, reply.Value.AsInt64())],
            "ZCARD" => [Pins.Count(key, DataType.SortedSet, reply.Value.AsInt64())],
            "HLEN" => [Pins.Count(key, DataType.Hash, reply.Value.AsInt64())],
            "XLEN" => [Pins.Count(key, DataType.Stream, reply.Value.AsInt64())],
            _ => throw Pins.NotWithoutScripts(),
        };
    }

    private static bool IsWhole(StoreCommand read) => read[1] == 0 && read[2] == -1;

    private static Condition Member(RedisKey key, StoreValue member, bool isMember) => isMember
        ? Condition.SetContains(key, DriverValues.ToValue(member))
        : Condition.SetNotContains(key, DriverValues.ToValue(member));

    private static Condition Score(RedisKey key, StoreValue member, StoreReply score) => score.IsNull
        ? Condition.SortedSetNotContains(key, DriverValues.ToValue(member))
        : Condition.SortedSetEqual(key, DriverValues.ToValue(member), Replies.ToDouble(score));

    private static Condition Item(RedisKey key, long index, StoreValue value) => value.IsNull
        ? Condition.ListIndexNotExists(key, index)
        : Condition.ListIndexEqual(key, index, DriverValues.ToValue(value));

    private static List<Condition> Each(StoreCommand read, StoreReply reply, int first, Func<StoreValue, StoreReply, Condition[]> pins)
    {
        var all = new List<Condition>();
        for (var i = 0; i < reply.Items.Length; i++)
        {
            all.AddRange(pins(read[first + i], reply.Items[i]));
        }

        return all;
    }

    private static List<Condition> Each(StoreReply reply, Func<StoreReply, Condition> pin)
    {
        var all = new List<Condition>();
        foreach (var item in reply.Items)
        {
            all.Add(pin(item));
        }

        return all;
    }

    private static List<Condition> Fields(RedisKey key, StoreReply reply)
    {
        var all = new List<Condition>();
        for (var i = 0; i + 1 < reply.Items.Length; i += 2)
        {
            all.AddRange(Pins.Field(key, DriverValues.ToValue(reply.Items[i].Value), reply.Items[i + 1].Value));
        }

        return all;
    }

    private static List<Condition> Items(RedisKey key, StoreReply reply)
    {
        var all = new List<Condition>();
        for (var i = 0; i < reply.Items.Length; i++)
        {
            all.Add(Item(key, i, reply.Items[i].Value));
        }

        return all;
    }
}
