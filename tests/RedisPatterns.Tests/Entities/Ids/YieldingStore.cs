namespace RedisPatterns.Tests.Entities.Ids;

/// <summary>A store whose commands are carried out on another thread, so that callers overlap.</summary>
internal sealed class YieldingStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    public override async ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var reply = await base.SendAsync(command, cancellationToken);
        await Task.Yield();
        return reply;
    }
}
