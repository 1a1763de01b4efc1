namespace RedisPatterns.Tests.Entities;

/// <summary>A store without scripts, before each of whose commands something else happens.</summary>
internal sealed class InterruptedStore(IKeyValueStore inner, Func<StoreCommand, Task> before) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    public override StoreCapabilities Capabilities => Inner.Capabilities with
    {
        Features = Inner.Capabilities.Features & ~(StoreFeatures.Scripts | StoreFeatures.UndeclaredScriptKeys),
    };

    public override async ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        await before(command);
        return await Inner.SendAsync(command, cancellationToken);
    }
}
