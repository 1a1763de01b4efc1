namespace RedisPatterns.Benchmarks.InProcess;

/// <summary>A store that sends nothing and says that every script went well.</summary>
internal sealed class NullKeyValueStore : IKeyValueStore
{
    private static readonly StoreReply Done = StoreReply.Array(StoreReply.Integer(1));

    public StoreCapabilities Capabilities { get; } = new("none", new Version(7, 0), StoreFeatures.Scripts | StoreFeatures.UndeclaredScriptKeys);

    public ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default) =>
        new(call.Script.Reader(Done));

    public ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
