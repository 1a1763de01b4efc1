using System.Runtime.CompilerServices;

namespace RedisPatterns.Testing.Tests.Conformance;

/// <summary>Repeats what failed before it was sent.</summary>
internal sealed class RepeatingStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner)
{
    public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default) =>
        RepeatAsync(() => base.SendAsync(command, cancellationToken));

    public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default) =>
        await RepeatAsync(async () =>
        {
            await base.SendAsync(pipeline, cancellationToken);
            return true;
        });

    public override ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default) =>
        RepeatAsync(() => base.SendToPrimariesAsync(command, primary, cancellationToken));

    public override ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) =>
        RepeatAsync(() => base.CommitAsync(batch, cancellationToken));

    public override ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default) =>
        RepeatAsync(() => base.EvaluateAsync(call, cancellationToken));

    public override async IAsyncEnumerable<StoreKey> ScanKeysAsync(
        string pattern = "*", int pageSize = 250, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var keys = await RepeatAsync(async () => await base.ScanKeysAsync(pattern, pageSize, cancellationToken).ToListAsync(cancellationToken));
        foreach (var key in keys) yield return key;
    }

    public override ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) =>
        RepeatAsync(() => base.SubscribeAsync(channel, cancellationToken));

    private static async ValueTask<T> RepeatAsync<T>(Func<ValueTask<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreConnectionException)
            {
                // Nothing was sent: once more.
            }
        }
    }
}
