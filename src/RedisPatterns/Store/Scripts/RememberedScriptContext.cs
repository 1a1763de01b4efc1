namespace RedisPatterns;

/// <summary>What a twin sees of a call whose reply is remembered: all but the last key and the last argument.</summary>
internal sealed class RememberedScriptContext(IScriptContext inner) : IScriptContext
{
    public IReadOnlyList<StoreKey> Keys { get; } = [.. inner.Keys.SkipLast(1)];

    public IReadOnlyList<StoreValue> Arguments { get; } = [.. inner.Arguments.SkipLast(1)];

    public long NowMilliseconds => inner.NowMilliseconds;

    public TReply Call<TReply>(StoreCommand<TReply> command) => inner.Call(command);

    public void Rollback() => inner.Rollback();
}
