using StackExchange.Redis;
using HashEntry = RedisPatterns.Commands.HashEntry;

namespace RedisPatterns.StackExchangeRedis.Conversion;

/// <summary>Keys and values between this library and the driver, without copies where there need be none.</summary>
internal static class DriverValues
{
    private const int MaximumShortLength = 8;

    public static RedisKey ToKey(StoreKey key) => key.TryGetText(out var text) ? text : key.ToArray();

    public static RedisKey ToKey(StoreValue argument) => argument.TryGetText(out var text) ? text : argument.ToArray()!;

    public static RedisKey[] ToKeys(ReadOnlySpan<StoreKey> keys)
    {
        var result = new RedisKey[keys.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ToKey(keys[i]);
        }

        return result;
    }

    public static RedisValue ToValue(StoreValue value)
    {
        if (value.TryGetText(out var text))
        {
            return text;
        }

        // The driver writes doubles in a form of its own.
        return value.IsInteger ? value.AsInt64() : value.IsDouble ? value.AsText() : value.AsMemory();
    }

    public static RedisValue[] ToValues(ReadOnlySpan<StoreValue> values)
    {
        var result = new RedisValue[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ToValue(values[i]);
        }

        return result;
    }

    public static StoreKey FromKey(RedisKey key) => new((byte[]?)key ?? []);

    // The driver's integers may be beyond a long.
    public static StoreValue FromValue(RedisValue value) =>
        value.IsNull ? StoreValue.Null : value.IsInteger && value.TryParse(out long number) ? number : (ReadOnlyMemory<byte>)value;

    public static StoreValue[] FromValues(RedisValue[] values)
    {
        var size = 0;
        foreach (var value in values)
        {
            size += ShortLength(value);
        }

        var room = size == 0 ? default : new byte[size].AsMemory();
        var result = new StoreValue[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = FromValue(values[i], ref room);
        }

        return result;
    }

    public static HashEntry[] FromEntries(global::StackExchange.Redis.HashEntry[] entries)
    {
        var size = 0;
        foreach (var entry in entries)
        {
            size += ShortLength(entry.Name) + ShortLength(entry.Value);
        }

        var room = size == 0 ? default : new byte[size].AsMemory();
        var result = new HashEntry[entries.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new(FromValue(entries[i].Name, ref room), FromValue(entries[i].Value, ref room));
        }

        return result;
    }

    // The driver keeps short values without an array and would make one for each; those of one reply share one here.
    private static int ShortLength(RedisValue value) => value.GetByteCount() is var length and <= MaximumShortLength ? length : 0;

    private static StoreValue FromValue(RedisValue value, ref Memory<byte> room)
    {
        if (value.IsNull || ShortLength(value) == 0)
        {
            return FromValue(value);
        }

        var length = value.CopyTo(room.Span);
        ReadOnlyMemory<byte> bytes = room[..length];
        room = room[length..];
        return bytes;
    }
}
