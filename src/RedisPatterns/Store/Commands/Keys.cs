namespace RedisPatterns.Commands;

/// <summary>Commands on keys, whatever they hold.</summary>
public static class Keys
{
    private static readonly ReplyReader<TimeToLive> ReadTimeToLive = Commands.TimeToLive.Read;
    private static readonly ReplyReader<ExpireTime> ReadExpireTime = Commands.ExpireTime.Read;
    private static readonly ReplyReader<DataType> ReadType = static reply => ToDataType(Replies.ToValue(reply).AsText());
    private static readonly ReplyReader<StoreKey> ReadKey = static reply => ToKey(reply);
    private static readonly ReplyReader<ScanPage<StoreKey>> ReadPage = ScanCall.Page(static reply => Replies.ToArray(reply, ToKey));
    private static readonly ReplyReader<KeyEntry[]> ReadEntries =
        static reply => Replies.ToPairs(reply, static (key, value) => new KeyEntry(ToKey(key), Replies.ToValue(value)));

    /// <summary>Whether a key exists. <c>EXISTS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers whether it does.</returns>
    public static StoreCommand<bool> Exists(StoreKey key) => new(CommandTable.Exists, Replies.Boolean, StoreValue.FromKey(key));

    /// <summary>How many of some keys exist; one that is named twice counts twice. <c>EXISTS</c>.</summary>
    /// <param name="keys">The keys; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the number.</returns>
    public static StoreCommand<long> Exists(params ReadOnlySpan<StoreKey> keys) => Many(CommandTable.Exists, keys);

    /// <summary>Deletes a key. <c>DEL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers whether it existed.</returns>
    public static StoreCommand<bool> Delete(StoreKey key) => new(CommandTable.Del, Replies.Boolean, StoreValue.FromKey(key));

    /// <summary>Deletes several keys. <c>DEL</c>.</summary>
    /// <param name="keys">The keys; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers how many existed.</returns>
    public static StoreCommand<long> Delete(params ReadOnlySpan<StoreKey> keys) => Many(CommandTable.Del, keys);

    /// <summary>Deletes a key and lets the server free its memory in the background: better for large keys. <c>UNLINK</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers whether it existed.</returns>
    public static StoreCommand<bool> Unlink(StoreKey key) => new(CommandTable.Unlink, Replies.Boolean, StoreValue.FromKey(key));

    /// <summary>Deletes several keys and lets the server free their memory in the background. <c>UNLINK</c>.</summary>
    /// <param name="keys">The keys; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers how many existed.</returns>
    public static StoreCommand<long> Unlink(params ReadOnlySpan<StoreKey> keys) => Many(CommandTable.Unlink, keys);

    /// <summary>Marks keys as used now, for a server that evicts by use. <c>TOUCH</c>.</summary>
    /// <param name="keys">The keys; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers how many exist.</returns>
    public static StoreCommand<long> Touch(params ReadOnlySpan<StoreKey> keys) => Many(CommandTable.Touch, keys);

    /// <summary>Lets a key end after a while. <c>PEXPIRE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="after">How long it lives; at least a millisecond, and what is finer is cut off.</param>
    /// <param name="when">When the time to live is set.</param>
    /// <returns>Answers whether it was set: the key exists and the condition held.</returns>
    public static StoreCommand<bool> Expire(StoreKey key, TimeSpan after, ExpireWhen when = ExpireWhen.Always) =>
        new(CommandTable.PExpire, Replies.Boolean, new ArgumentList(3).AddKey(key).Add(ExpireCall.Milliseconds(after)).AddWhen(when).ToArray());

    /// <summary>Lets a key end at a moment; one that has passed deletes it at once. <c>PEXPIREAT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="moment">When it ends; after 1 January 1970.</param>
    /// <param name="when">When the time to live is set.</param>
    /// <returns>Answers whether it was set: the key exists and the condition held.</returns>
    public static StoreCommand<bool> ExpireAt(StoreKey key, DateTimeOffset moment, ExpireWhen when = ExpireWhen.Always) =>
        new(CommandTable.PExpireAt, Replies.Boolean, new ArgumentList(3).AddKey(key).Add(ExpireCall.Milliseconds(moment)).AddWhen(when).ToArray());

    /// <summary>How long a key still lives. <c>PTTL</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers whether it exists, and how long it lives.</returns>
    public static StoreCommand<TimeToLive> TimeToLive(StoreKey key) => new(CommandTable.PTtl, ReadTimeToLive, StoreValue.FromKey(key));

    /// <summary>When a key ends. <c>PEXPIRETIME</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers whether it exists, and when it ends.</returns>
    public static StoreCommand<ExpireTime> ExpireTime(StoreKey key) => new(CommandTable.PExpireTime, ReadExpireTime, StoreValue.FromKey(key));

    /// <summary>Takes a key's time to live away. <c>PERSIST</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers whether it had one.</returns>
    public static StoreCommand<bool> Persist(StoreKey key) => new(CommandTable.Persist, Replies.Boolean, StoreValue.FromKey(key));

    /// <summary>What a key holds. <c>TYPE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the type; <see cref="DataType.None"/> when the key does not exist.</returns>
    public static StoreCommand<DataType> Type(StoreKey key) => new(CommandTable.Type, ReadType, StoreValue.FromKey(key));

    /// <summary>Gives a key another name, with its time to live; what the other name held is lost. <c>RENAME</c>.</summary>
    /// <param name="key">The key. It must exist.</param>
    /// <param name="newKey">The new name. In a cluster it must share the key's hash slot.</param>
    /// <returns>Answers true. Fails with <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<bool> Rename(StoreKey key, StoreKey newKey) =>
        new(CommandTable.Rename, Replies.Ok, StoreValue.FromKey(key), StoreValue.FromKey(newKey));

    /// <summary>Gives a key another name, with its time to live, unless the other name exists. <c>RENAMENX</c>.</summary>
    /// <param name="key">The key. It must exist.</param>
    /// <param name="newKey">The new name. In a cluster it must share the key's hash slot.</param>
    /// <returns>Answers whether it was renamed. Fails with <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<bool> RenameIfAbsent(StoreKey key, StoreKey newKey) =>
        new(CommandTable.RenameNx, Replies.Boolean, StoreValue.FromKey(key), StoreValue.FromKey(newKey));

    /// <summary>Copies a key with its time to live. <c>COPY</c>.</summary>
    /// <param name="source">The key that is copied.</param>
    /// <param name="destination">The copy. In a cluster it must share the source's hash slot.</param>
    /// <param name="replace">Whether what the destination holds may be lost.</param>
    /// <returns>Answers whether it was copied: the source exists and the destination was free or replaced.</returns>
    public static StoreCommand<bool> Copy(StoreKey source, StoreKey destination, bool replace = false) =>
        new(CommandTable.Copy, Replies.Boolean, new ArgumentList(3).AddKey(source).AddKey(destination).AddIf(replace, "REPLACE").ToArray());

    /// <summary>A key by chance. <c>RANDOMKEY</c>.</summary>
    /// <returns>Answers the key; <c>default</c> when there is none.</returns>
    public static StoreCommand<StoreKey> Random() => new(CommandTable.RandomKey, ReadKey, []);

    /// <summary>How many keys there are, those that have expired but were not yet cleared away included. <c>DBSIZE</c>.</summary>
    /// <returns>Answers the number; in a cluster that of one node.</returns>
    public static StoreCommand<long> Count() => new(CommandTable.DbSize, Replies.Int64, []);

    /// <summary>A page of all keys. <c>SCAN</c>. For a whole walk see <see cref="IKeyValueStore.ScanKeysAsync"/>.</summary>
    /// <param name="cursor">0 to begin, then the cursor of the page before.</param>
    /// <param name="pattern">A glob pattern, or null for every key.</param>
    /// <param name="count">About how many keys the server looks at; at least 1; null leaves it to the server, which takes 10.</param>
    /// <param name="type">The type that keys must have, or <see cref="DataType.None"/> for any.</param>
    /// <returns>Answers the page; in a cluster of one node.</returns>
    public static StoreCommand<ScanPage<StoreKey>> Scan(ulong cursor = 0, string? pattern = null, int? count = null, DataType type = DataType.None)
    {
        var arguments = ScanCall.AddTo(new ArgumentList(7), cursor, pattern, count);
        if (type != DataType.None)
        {
            arguments.Add("TYPE").Add(NameOf(type));
        }

        return new(CommandTable.Scan, ReadPage, arguments.ToArray());
    }

    /// <summary>
    /// The strings of a range of keys, in the order of the keys' bytes. <c>KEYRANGE</c>, a name of this library's own: needs a
    /// store with <see cref="StoreFeatures.OrderedKeys"/>; others refuse it with <see cref="UnsupportedCommandException"/>, and
    /// nothing is sent.
    /// </summary>
    /// <param name="from">The least key that may come. It need not exist.</param>
    /// <param name="to">The key before which the range ends; nothing comes unless it is greater. It must share the hash slot of <paramref name="from"/>.</param>
    /// <param name="limit">At most how many; 1 to 100,000.</param>
    /// <param name="descending">Whether the greatest keys come, the greatest first.</param>
    /// <returns>
    /// Answers keys and values; none when the range is empty. Fails with <see cref="WrongTypeException"/> when one of the keys
    /// that would come holds no string.
    /// </returns>
    /// <remarks>
    /// The order is that of all keys of the store. Give both bounds the same beginning with the hash tag in it, and no key of
    /// another slot lies between them. For the keys after the last one that came, go on from that key with a zero byte behind
    /// it; for those before it, up to that key.
    /// </remarks>
    public static StoreCommand<KeyEntry[]> Range(StoreKey from, StoreKey to, int limit, bool descending = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 100_000);
        return new(CommandTable.KeyRange, ReadEntries, new ArgumentList(4).AddKey(from).AddKey(to).Add(limit).AddIf(descending, "REV").ToArray());
    }

    private static StoreCommand<long> Many(CommandDefinition definition, ReadOnlySpan<StoreKey> keys) =>
        new(definition, Replies.Int64, new ArgumentList(keys.Length).AddAll(Require.Some(keys)).ToArray());

    private static StoreKey ToKey(StoreReply reply)
    {
        var name = Replies.ToValue(reply);
        return name.TryGetText(out var text) ? text : name.ToArray() is { } bytes ? bytes : default(StoreKey);
    }

    private static DataType ToDataType(string? name) => name switch
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

    private static string NameOf(DataType type) => type switch
    {
        DataType.String => "string",
        DataType.List => "list",
        DataType.Set => "set",
        DataType.SortedSet => "zset",
        DataType.Hash => "hash",
        DataType.Stream => "stream",
        _ => throw new ArgumentOutOfRangeException(nameof(type), "A scan can not ask for this type."),
    };
}
