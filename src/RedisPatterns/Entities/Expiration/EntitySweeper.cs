using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Removes what expired entities have left, some in each call.</summary>
internal sealed class EntitySweeper<T>(EntityStorage<T> storage)
    where T : class
{
    private const int EntitiesPerCall = 250;

    /// <summary>Sweeps so many, or all that have expired.</summary>
    /// <returns>How many were removed.</returns>
    public async ValueTask<long> RunAsync(long limit, CancellationToken cancellationToken)
    {
        var gone = 0L;
        while (storage.Schema.Shape.IsSwept && gone < limit)
        {
            var most = (int)Math.Min(EntitiesPerCall, limit - gone);
            var reply = await RunOnceAsync(most, cancellationToken).ConfigureAwait(false);
            gone += reply.Gone;
            if (reply.Due < most)
            {
                break;
            }
        }

        return gone;
    }

    /// <summary>Looks at so many at most, whether they turn out to be removed, put off or alive: the bound of what others wait for.</summary>
    public ValueTask<SweepReply> RunOnceAsync(int most, CancellationToken cancellationToken) =>
        storage.Store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys)
            ? storage.Store.EvaluateAsync(
                SweepScript.Script.With([storage.Keys.Expiry, storage.Keys.Catalogue, storage.Keys.MemoPrefix, storage.Keys.EntityPrefix], most), cancellationToken)
            : SweepDeclaredAsync(most, cancellationToken);

    private async ValueTask<SweepReply> SweepDeclaredAsync(int most, CancellationToken cancellationToken)
    {
        var due = await storage.Store.EvaluateAsync(DueScript.Script.With([storage.Keys.Expiry], most, 0), cancellationToken).ConfigureAwait(false);
        var gone = 0;
        foreach (var member in due)
        {
            if (!ExpiryTwin.TryRead(member.AsText()!, out _, out var token))
            {
                await storage.Store.SendAsync(SortedSets.Remove(storage.Keys.Expiry, member), cancellationToken).ConfigureAwait(false);
                continue;
            }

            var operation = new EntitySweep<T>(storage, token);
            try
            {
                await EntityCommit.SendAsync(storage.Store, operation, cancellationToken).ConfigureAwait(false);
                gone += operation.Found ? 1 : 0;
            }
            catch (StoreException error) when (error is WrongTypeException or EntityBusyException)
            {
                await storage.Store.EvaluateAsync(PutOffScript.Script.With([storage.Keys.Expiry], member), cancellationToken).ConfigureAwait(false);
            }
        }

        return new(gone, due.Length);
    }
}
