namespace RedisPatterns.Tests.Entities.Ids;

/// <summary>A store whose commands wait until they are let go, one by one, or made to fail.</summary>
internal sealed class HeldStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    private readonly List<TaskCompletionSource> _held = [];

    public int Sent => _held.Count;

    public void Release(int command) => _held[command].SetResult();

    public void Fail(int command, StoreException error) => _held[command].SetException(error);

    public override async ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        var held = new TaskCompletionSource();
        _held.Add(held);
        await held.Task.WaitAsync(cancellationToken);
        return await base.SendAsync(command, cancellationToken);
    }
}
