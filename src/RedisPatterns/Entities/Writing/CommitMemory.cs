namespace RedisPatterns;

/// <summary>How a commit of entities is remembered.</summary>
/// <param name="Key">The key that names it.</param>
/// <param name="Lifetime">How long it is remembered.</param>
internal sealed record CommitMemory(StoreKey Key, TimeSpan Lifetime)
{
    // A write that was refused has done nothing and may be tried again.
    private static readonly ScriptRefusal Refused = new(
        "type(REPLY_)=='table' and type(REPLY_[1])=='number' and REPLY_[1]<0",
        static reply => reply is { Kind: StoreReplyKind.Array, Items: [{ Kind: StoreReplyKind.Integer } first, ..] } && first.Value.AsInt64() < 0);

    /// <summary>The call that remembers its reply.</summary>
    public ScriptCall<EntityWriteReply> Of(ScriptCall<EntityWriteReply> call) => call.RememberAs(Key, Lifetime, Refused);
}
