using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class KeyValueStoreExtensionsTests
{
    [Fact]
    public async Task Everyday_calls_read_as_expected_and_send_one_command_each()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new RecordingStore();
        await store.GetAsync("k", token);
        await store.SetAsync("k", "v", token);
        await store.SetAsync("k", "v", TimeSpan.FromSeconds(1), cancellationToken: token);
        await store.GetManyAsync(["a", "b"], token);
        await store.IncrementAsync("k", cancellationToken: token);
        await store.DeleteAsync("k", token);
        await store.DeleteAsync(["a", "b"], token);
        await store.ExpireAsync("k", TimeSpan.FromSeconds(1), cancellationToken: token);
        await store.KeyRangeAsync("a", "b", 10, cancellationToken: token);
        await store.HashSetAsync("k", "f", 1, token);
        await store.HashSetAsync("k", [new("f", 1), new("g", 2)], token);
        await store.HashGetAllAsync("k", token);
        await store.SetAddAsync("k", "m", token);
        await store.SetAddAsync("k", ["m", "n"], token);
        await store.ListRightPushAsync("k", ["a"], token);
        await store.HyperLogLogAddAsync("k", ["a"], token);
        await store.BitSetAsync("k", 7, true, token);
        await store.PublishAsync("news", "hello", token);
        Assert.Equal(
            "GET SET SET MGET INCRBY DEL DEL PEXPIRE KEYRANGE HSET HSET HGETALL SADD SADD RPUSH PFADD SETBIT PUBLISH",
            string.Join(' ', store.Sent.Select(command => command.Definition.Name)));
        Assert.All(store.Tokens, sent => Assert.Equal(token, sent));
        Wire.Is("HSET @k f 1 g 2", store.Sent[10]);
    }

    private sealed class RecordingStore : IKeyValueStore
    {
        public List<StoreCommand> Sent { get; } = [];

        public List<CancellationToken> Tokens { get; } = [];

        public StoreCapabilities Capabilities { get; } = new("test", new Version(7, 0), StoreFeatures.None);

        public ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
        {
            Sent.Add(command);
            Tokens.Add(cancellationToken);
            return new(default(TReply)!);
        }

        public ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
