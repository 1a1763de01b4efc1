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

    /// <summary>All arguments of a command as keys.</summary>
    public static RedisKey[] ToKeys(StoreCommand command)
    {
        var result = new RedisKey[command.ArgumentCount];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ToKey(command[i]);
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

    /// <summary>The arguments of a command as keys with their values.</summary>
    public static KeyValuePair<RedisKey, RedisValue>[] ToPairs(StoreCommand command)
    {
        var result = new KeyValuePair<RedisKey, RedisValue>[command.ArgumentCount / 2];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new(ToKey(command[2 * i]), ToValue(command[(2 * i) + 1]));
        }

        return result;
    }

    /// <summary>The arguments of a command from one on.</summary>
    public static RedisValue[] ToValues(StoreCommand command, int from)
    {
        var result = new RedisValue[command.ArgumentCount - from];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ToValue(command[from + i]);
        }

        return result;
    }

    public static StoreKey FromKey(RedisKey key) => new((byte[]?)key ?? []);

    // The driver's integers may be beyond a long. It keeps short values without an array, and so do we.
    public static StoreValue FromValue(RedisValue value)
    {
        if (value.IsNull)
        {
            return StoreValue.Null;
        }

        if (value.IsInteger && value.TryParse(out long number))
        {
            return number;
        }

        if (value.GetByteCount() > MaximumShortLength)
        {
            return (ReadOnlyMemory<byte>)value;
        }

        Span<byte> bytes = stackalloc byte[MaximumShortLength];
        return StoreValue.Copy(bytes[..value.CopyTo(bytes)]);
    }

    public static StoreValue[] FromValues(RedisValue[] values)
    {
        var result = new StoreValue[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = FromValue(values[i]);
        }

        return result;
    }

    public static HashEntry[] FromEntries(global::StackExchange.Redis.HashEntry[] entries)
    {
        var result = new HashEntry[entries.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new(FromValue(entries[i].Name), FromValue(entries[i].Value));
        }

        return result;
    }
}
