namespace RedisPatterns.Commands;

// The time to live of single fields: Redis 7.4 and later, see StoreFeatures.HashFieldExpiry.
public static partial class Hashes
{
    private static readonly ReplyReader<FieldExpireResult[]> ReadExpireResults =
        static reply => Replies.ToArray(reply, static item => (FieldExpireResult)Replies.ToInt64(item));

    private static readonly ReplyReader<FieldPersistResult[]> ReadPersistResults =
        static reply => Replies.ToArray(reply, static item => (FieldPersistResult)Replies.ToInt64(item));

    private static readonly ReplyReader<TimeToLive[]> ReadTimesToLive =
        static reply => Replies.ToArray(reply, Commands.TimeToLive.Read);

    private static readonly ReplyReader<ExpireTime[]> ReadExpireTimes =
        static reply => Replies.ToArray(reply, Commands.ExpireTime.Read);

    /// <summary>Lets fields end after a while. <c>HPEXPIRE</c>; needs <see cref="StoreFeatures.HashFieldExpiry"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="after">How long they live; at least a millisecond, and what is finer is cut off.</param>
    /// <param name="fields">The fields; at least one, each once.</param>
    /// <param name="when">When a field's time to live is set.</param>
    /// <returns>Answers for each field what came of it.</returns>
    public static StoreCommand<FieldExpireResult[]> Expire(
        StoreKey key, TimeSpan after, ReadOnlySpan<StoreValue> fields, ExpireWhen when = ExpireWhen.Always) =>
        new(CommandTable.HPExpire, ReadExpireResults, Fields(new ArgumentList(5 + fields.Length).AddKey(key).Add(ExpireCall.Milliseconds(after)).AddWhen(when), fields));

    /// <summary>Lets fields end at a moment; one that has passed deletes them at once. <c>HPEXPIREAT</c>; needs <see cref="StoreFeatures.HashFieldExpiry"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="moment">When they end; after 1 January 1970.</param>
    /// <param name="fields">The fields; at least one, each once.</param>
    /// <param name="when">When a field's time to live is set.</param>
    /// <returns>Answers for each field what came of it.</returns>
    public static StoreCommand<FieldExpireResult[]> ExpireAt(
        StoreKey key, DateTimeOffset moment, ReadOnlySpan<StoreValue> fields, ExpireWhen when = ExpireWhen.Always) =>
        new(CommandTable.HPExpireAt, ReadExpireResults, Fields(new ArgumentList(5 + fields.Length).AddKey(key).Add(ExpireCall.Milliseconds(moment)).AddWhen(when), fields));

    /// <summary>How long fields still live. <c>HPTTL</c>; needs <see cref="StoreFeatures.HashFieldExpiry"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fields">The fields; at least one.</param>
    /// <returns>Answers for each field whether it exists, and how long it lives.</returns>
    public static StoreCommand<TimeToLive[]> TimeToLive(StoreKey key, params ReadOnlySpan<StoreValue> fields) =>
        new(CommandTable.HPTtl, ReadTimesToLive, Fields(new ArgumentList(3 + fields.Length).AddKey(key), fields));

    /// <summary>When fields end. <c>HPEXPIRETIME</c>; needs <see cref="StoreFeatures.HashFieldExpiry"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fields">The fields; at least one.</param>
    /// <returns>Answers for each field whether it exists, and when it ends.</returns>
    public static StoreCommand<ExpireTime[]> ExpireTime(StoreKey key, params ReadOnlySpan<StoreValue> fields) =>
        new(CommandTable.HPExpireTime, ReadExpireTimes, Fields(new ArgumentList(3 + fields.Length).AddKey(key), fields));

    /// <summary>Takes the time to live of fields away. <c>HPERSIST</c>; needs <see cref="StoreFeatures.HashFieldExpiry"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fields">The fields; at least one.</param>
    /// <returns>Answers for each field what came of it.</returns>
    public static StoreCommand<FieldPersistResult[]> Persist(StoreKey key, params ReadOnlySpan<StoreValue> fields) =>
        new(CommandTable.HPersist, ReadPersistResults, Fields(new ArgumentList(3 + fields.Length).AddKey(key), fields));

    private static StoreValue[] Fields(ArgumentList arguments, ReadOnlySpan<StoreValue> fields) =>
        arguments.Add("FIELDS").Add(fields.Length).AddAll(Require.Some(fields)).ToArray();
}
