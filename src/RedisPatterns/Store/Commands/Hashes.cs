namespace RedisPatterns.Commands;

/// <summary>Commands on hashes.</summary>
public static partial class Hashes
{
    private static readonly ReplyReader<HashEntry[]> ReadEntries = static reply => ToEntries(reply);
    private static readonly ReplyReader<ScanPage<HashEntry>> ReadPage = ScanCall.Page<HashEntry>(ToEntries);

    /// <summary>Reads a field. <c>HGET</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <returns>Answers the value, or <see cref="StoreValue.Null"/>.</returns>
    public static StoreCommand<StoreValue> Get(StoreKey key, StoreValue field) => new(CommandTable.HGet, Replies.Value, StoreValue.FromKey(key), field);

    /// <summary>Reads several fields. <c>HMGET</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fields">The fields; at least one.</param>
    /// <returns>Answers the values in the order of the fields; <see cref="StoreValue.Null"/> for one that does not exist.</returns>
    public static StoreCommand<StoreValue[]> GetMany(StoreKey key, params ReadOnlySpan<StoreValue> fields) =>
        new(CommandTable.HMGet, Replies.Values, WithFields(key, fields));

    /// <summary>Reads all fields with their values, in no order. <c>HGETALL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the entries; none when the key does not exist.</returns>
    public static StoreCommand<HashEntry[]> GetAll(StoreKey key) => new(CommandTable.HGetAll, ReadEntries, StoreValue.FromKey(key));

    /// <summary>Sets a field. <c>HSET</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Answers whether the field is new; false when its value was replaced.</returns>
    public static StoreCommand<bool> Set(StoreKey key, StoreValue field, StoreValue value) =>
        new(CommandTable.HSet, Replies.Boolean, [StoreValue.FromKey(key), field, value]);

    /// <summary>Sets several fields at once. <c>HSET</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entries">The fields with their values; at least one.</param>
    /// <returns>Answers how many fields are new.</returns>
    public static StoreCommand<long> Set(StoreKey key, params ReadOnlySpan<HashEntry> entries)
    {
        var arguments = new ArgumentList(1 + (2 * entries.Length)).AddKey(key);
        foreach (var (field, value) in Require.Some(entries))
        {
            arguments.Add(field).Add(value);
        }

        return new(CommandTable.HSet, Replies.Int64, arguments.ToArray());
    }

    /// <summary>Sets a field unless it exists. <c>HSETNX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Answers whether it was set.</returns>
    public static StoreCommand<bool> SetIfAbsent(StoreKey key, StoreValue field, StoreValue value) =>
        new(CommandTable.HSetNx, Replies.Boolean, [StoreValue.FromKey(key), field, value]);

    /// <summary>Deletes a field; a hash without fields is gone. <c>HDEL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <returns>Answers whether it existed.</returns>
    public static StoreCommand<bool> Delete(StoreKey key, StoreValue field) => new(CommandTable.HDel, Replies.Boolean, StoreValue.FromKey(key), field);

    /// <summary>Deletes several fields; a hash without fields is gone. <c>HDEL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fields">The fields; at least one.</param>
    /// <returns>Answers how many existed.</returns>
    public static StoreCommand<long> Delete(StoreKey key, params ReadOnlySpan<StoreValue> fields) =>
        new(CommandTable.HDel, Replies.Int64, WithFields(key, fields));

    /// <summary>Whether a field exists. <c>HEXISTS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <returns>Answers whether it does.</returns>
    public static StoreCommand<bool> Exists(StoreKey key, StoreValue field) => new(CommandTable.HExists, Replies.Boolean, StoreValue.FromKey(key), field);

    /// <summary>The names of all fields, in no order. <c>HKEYS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the names; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> Fields(StoreKey key) => new(CommandTable.HKeys, Replies.Values, StoreValue.FromKey(key));

    /// <summary>The values of all fields, in no order. <c>HVALS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the values; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> Values(StoreKey key) => new(CommandTable.HVals, Replies.Values, StoreValue.FromKey(key));

    /// <summary>The number of fields. <c>HLEN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Length(StoreKey key) => new(CommandTable.HLen, Replies.Int64, StoreValue.FromKey(key));

    /// <summary>The length of a field's value in bytes. <c>HSTRLEN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <returns>Answers the length; 0 when the field does not exist.</returns>
    public static StoreCommand<long> ValueLength(StoreKey key, StoreValue field) =>
        new(CommandTable.HStrLen, Replies.Int64, StoreValue.FromKey(key), field);

    /// <summary>Adds to a field that is an integer; one that does not exist counts as 0. <c>HINCRBY</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <param name="increment">What is added; may be negative.</param>
    /// <returns>Answers the sum. Fails with <see cref="InvalidNumberException"/> or <see cref="NumberOverflowException"/>.</returns>
    public static StoreCommand<long> Increment(StoreKey key, StoreValue field, long increment = 1) =>
        new(CommandTable.HIncrBy, Replies.Int64, [StoreValue.FromKey(key), field, increment]);

    /// <summary>Adds to a field that is a number; one that does not exist counts as 0. <c>HINCRBYFLOAT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="field">The field.</param>
    /// <param name="increment">What is added; finite.</param>
    /// <returns>Answers the sum. Fails with <see cref="InvalidNumberException"/> or <see cref="NumberOverflowException"/>.</returns>
    public static StoreCommand<double> IncrementFloat(StoreKey key, StoreValue field, double increment) =>
        new(CommandTable.HIncrByFloat, Replies.Double, [StoreValue.FromKey(key), field, Require.Finite(increment)]);

    /// <summary>The name of a field by chance. <c>HRANDFIELD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the name, or <see cref="StoreValue.Null"/> when the key does not exist.</returns>
    public static StoreCommand<StoreValue> RandomField(StoreKey key) => new(CommandTable.HRandField, Replies.Value, StoreValue.FromKey(key));

    /// <summary>The names of fields by chance. <c>HRANDFIELD</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">At most how many different ones; when negative, exactly so many, of which some may be the same.</param>
    /// <returns>Answers the names; none when the key does not exist.</returns>
    public static StoreCommand<StoreValue[]> RandomFields(StoreKey key, int count) =>
        new(CommandTable.HRandField, Replies.Values, StoreValue.FromKey(key), count);

    /// <summary>Fields by chance with their values. <c>HRANDFIELD</c> with <c>WITHVALUES</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">At most how many different ones; when negative, exactly so many, of which some may be the same.</param>
    /// <returns>Answers the entries; none when the key does not exist.</returns>
    public static StoreCommand<HashEntry[]> RandomEntries(StoreKey key, int count) =>
        new(CommandTable.HRandField, ReadEntries, [StoreValue.FromKey(key), count, "WITHVALUES"]);

    /// <summary>A page of the fields with their values. <c>HSCAN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cursor">0 to begin, then the cursor of the page before.</param>
    /// <param name="pattern">A glob pattern for the names, or null for every field.</param>
    /// <param name="count">About how many fields the server looks at; at least 1; null leaves it to the server, which takes 10.</param>
    /// <returns>Answers the page; a small hash comes whole.</returns>
    public static StoreCommand<ScanPage<HashEntry>> Scan(StoreKey key, ulong cursor = 0, string? pattern = null, int? count = null) =>
        new(CommandTable.HScan, ReadPage, ScanCall.AddTo(new ArgumentList(6).AddKey(key), cursor, pattern, count).ToArray());

    private static HashEntry[] ToEntries(StoreReply reply) =>
        Replies.ToPairs(reply, static (field, value) => new HashEntry(Replies.ToValue(field), Replies.ToValue(value)));

    private static StoreValue[] WithFields(StoreKey key, ReadOnlySpan<StoreValue> fields) =>
        new ArgumentList(1 + fields.Length).AddKey(key).AddAll(Require.Some(fields)).ToArray();
}
