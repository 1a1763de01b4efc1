namespace RedisPatterns.Commands;

/// <summary>Commands on strings.</summary>
public static class Strings
{
    /// <summary>Reads a string. <c>GET</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the string, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> Get(StoreKey key) => new(CommandTable.Get, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Reads several strings. <c>MGET</c>.</summary>
    /// <param name="keys">The keys; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the strings in the order of the keys; <see cref="StoreValue.Null"/> for a key that does not exist or holds no string.</returns>
    public static StoreCommand<StoreValue[]> GetMany(params ReadOnlySpan<StoreKey> keys)
    {
        var arguments = new StoreValue[Require.Some(keys).Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = StoreValue.FromKey(keys[i]);
        }

        return new(CommandTable.MGet, Replies.Values, arguments);
    }

    /// <summary>Sets a string, whatever the key held before. <c>SET</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The string.</param>
    /// <returns>Answers true.</returns>
    public static StoreCommand<bool> Set(StoreKey key, StoreValue value) => new(CommandTable.Set, Replies.Ok, StoreValue.FromKey(key), value);

    /// <summary>Sets a string under a condition or with a time to live. <c>SET</c> with <c>NX</c>, <c>XX</c>, <c>PX</c>, <c>PXAT</c>, <c>KEEPTTL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The string.</param>
    /// <param name="expiry">Its time to live: <see cref="Expiry.None"/>, <see cref="Expiry.Keep"/>, after a while or at a moment.</param>
    /// <param name="when">When it is set.</param>
    /// <returns>Answers whether it was set.</returns>
    public static StoreCommand<bool> Set(StoreKey key, StoreValue value, Expiry expiry, SetWhen when = SetWhen.Always) =>
        new(CommandTable.Set, Replies.Ok, expiry.IsNone ? SetArguments(key, value, when) : SetArguments(key, value, expiry, when).ToArray());

    /// <summary>Sets a string and answers the one before. <c>SET</c> with <c>GET</c>.</summary>
    /// <param name="key">The key; it must hold a string or nothing.</param>
    /// <param name="value">The string.</param>
    /// <param name="expiry">Its time to live.</param>
    /// <param name="when">When it is set.</param>
    /// <returns>Answers the string before, or <see cref="StoreValue.Null"/>; with <see cref="SetWhen.KeyAbsent"/> null means that it was set.</returns>
    public static StoreCommand<StoreValue> GetAndSet(StoreKey key, StoreValue value, Expiry expiry = default, SetWhen when = SetWhen.Always) =>
        new(CommandTable.Set, Replies.Value, SetArguments(key, value, expiry, when).Add("GET").ToArray());

    /// <summary>Sets several strings at once. <c>MSET</c>.</summary>
    /// <param name="entries">Keys and strings; at least one.</param>
    /// <returns>Answers true.</returns>
    public static StoreCommand<bool> SetMany(params ReadOnlySpan<KeyValuePair<StoreKey, StoreValue>> entries) =>
        new(CommandTable.MSet, Replies.Ok, Pairs(entries));

    /// <summary>Sets several strings at once if none of the keys exists. <c>MSETNX</c>.</summary>
    /// <param name="entries">Keys and strings; at least one.</param>
    /// <returns>Answers whether they were set: all or none.</returns>
    public static StoreCommand<bool> SetManyIfAbsent(params ReadOnlySpan<KeyValuePair<StoreKey, StoreValue>> entries) =>
        new(CommandTable.MSetNx, Replies.Boolean, Pairs(entries));

    /// <summary>Reads a string and deletes it. <c>GETDEL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the string, or <see cref="StoreValue.Null"/>.</returns>
    public static StoreCommand<StoreValue> GetAndDelete(StoreKey key) => new(CommandTable.GetDel, Replies.Value, StoreValue.FromKey(key));

    /// <summary>Reads a string and changes its time to live. <c>GETEX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expiry">After a while, at a moment, or <see cref="Expiry.Persist"/>; <see cref="Expiry.None"/> leaves it.</param>
    /// <returns>Answers the string, or <see cref="StoreValue.Null"/>.</returns>
    public static StoreCommand<StoreValue> GetAndExpire(StoreKey key, Expiry expiry)
    {
        if (expiry.IsKeep)
        {
            throw new ArgumentException("Leaving the time to live as it is takes no GETEX; use Get.", nameof(expiry));
        }

        var arguments = new ArgumentList(3).AddKey(key);
        expiry.AddTo(arguments);
        return new(CommandTable.GetEx, Replies.Value, arguments.ToArray());
    }

    /// <summary>Adds to an integer; a key that does not exist counts as 0. <c>INCRBY</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="increment">What is added; may be negative.</param>
    /// <returns>Answers the sum. Fails with <see cref="InvalidNumberException"/> or <see cref="NumberOverflowException"/>.</returns>
    public static StoreCommand<long> Increment(StoreKey key, long increment = 1) =>
        new(CommandTable.IncrBy, Replies.Int64, StoreValue.FromKey(key), increment);

    /// <summary>Adds to a number; a key that does not exist counts as 0. <c>INCRBYFLOAT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="increment">What is added; finite.</param>
    /// <returns>Answers the sum. Fails with <see cref="InvalidNumberException"/> or <see cref="NumberOverflowException"/>.</returns>
    public static StoreCommand<double> IncrementFloat(StoreKey key, double increment) =>
        new(CommandTable.IncrByFloat, Replies.Double, StoreValue.FromKey(key), Require.Finite(increment));

    /// <summary>Appends to a string; a key that does not exist counts as empty. <c>APPEND</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">What is appended.</param>
    /// <returns>Answers the length in bytes afterwards.</returns>
    public static StoreCommand<long> Append(StoreKey key, StoreValue value) => new(CommandTable.Append, Replies.Int64, StoreValue.FromKey(key), value);

    /// <summary>Reads a part of a string. <c>GETRANGE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="start">The first byte; negative counts from the end, -1 being the last.</param>
    /// <param name="end">The last byte, itself included.</param>
    /// <returns>Answers the part; the empty string when there is none.</returns>
    public static StoreCommand<StoreValue> GetRange(StoreKey key, long start, long end) =>
        new(CommandTable.GetRange, Replies.Value, [StoreValue.FromKey(key), start, end]);

    /// <summary>Overwrites a part of a string, filling up with zero bytes. <c>SETRANGE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">Where the part begins; 0 to 536,870,911.</param>
    /// <param name="value">The part; the empty string changes nothing.</param>
    /// <returns>Answers the length in bytes afterwards.</returns>
    public static StoreCommand<long> SetRange(StoreKey key, long offset, StoreValue value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, 512L * 1024 * 1024);
        return new(CommandTable.SetRange, Replies.Int64, [StoreValue.FromKey(key), offset, value]);
    }

    /// <summary>The length of a string in bytes. <c>STRLEN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the length; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Length(StoreKey key) => new(CommandTable.StrLen, Replies.Int64, StoreValue.FromKey(key));

    private static StoreValue[] SetArguments(StoreKey key, StoreValue value, SetWhen when) => when switch
    {
        SetWhen.KeyAbsent => [StoreValue.FromKey(key), value, "NX"],
        SetWhen.KeyExists => [StoreValue.FromKey(key), value, "XX"],
        _ => [StoreValue.FromKey(key), value],
    };

    private static ArgumentList SetArguments(StoreKey key, StoreValue value, Expiry expiry, SetWhen when)
    {
        if (expiry.IsPersist)
        {
            throw new ArgumentException("A string that is set has no time to live unless it is given one; use Expiry.None.", nameof(expiry));
        }

        var arguments = new ArgumentList(6).AddKey(key).Add(value);
        expiry.AddTo(arguments);
        return arguments.AddIf(when == SetWhen.KeyAbsent, "NX").AddIf(when == SetWhen.KeyExists, "XX");
    }

    private static StoreValue[] Pairs(ReadOnlySpan<KeyValuePair<StoreKey, StoreValue>> entries)
    {
        var arguments = new ArgumentList(2 * entries.Length);
        foreach (var (key, value) in Require.Some(entries))
        {
            arguments.AddKey(key).Add(value);
        }

        return arguments.ToArray();
    }
}
