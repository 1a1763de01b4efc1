using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Removes what expired entities have left, some in each call.</summary>
internal sealed class EntitySweeper<T>(EntityStorage<T> storage)
    where T : class
{
    private const int EntitiesPerCall = 250;

    public async ValueTask<long> RunAsync(long limit, CancellationToken cancellationToken)
    {
        if (!storage.Schema.Shape.IsSwept)
        {
            return 0;
        }

        var gone = 0L;
        while (gone < limit)
        {
            var most = (int)Math.Min(EntitiesPerCall, limit - gone);
            var reply = storage.Store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys)
                ? await SweepAsync(most, cancellationToken).ConfigureAwait(false)
                : await SweepDeclaredAsync(most, cancellationToken).ConfigureAwait(false);
            gone += reply.Gone;
            if (reply.Due < most)
            {
                break;
            }
        }

        return gone;
    }

    private ValueTask<SweepReply> SweepAsync(int most, CancellationToken cancellationToken) => storage.Store.EvaluateAsync(
        SweepScript.Script.With([storage.Keys.Expiry, storage.Keys.Catalogue], storage.Keys.MemoPrefix, storage.Keys.EntityPrefix, most), cancellationToken);

    private async ValueTask<SweepReply> SweepDeclaredAsync(int most, CancellationToken cancellationToken)
    {
        var due = await storage.Store.EvaluateAsync(DueScript.Script.With([storage.Keys.Expiry], most), cancellationToken).ConfigureAwait(false);
        foreach (var member in due)
        {
            var text = member.AsText()!;
            await EntityCommit.SendAsync(storage.Store, new EntitySweep<T>(storage, text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]), cancellationToken).ConfigureAwait(false);
        }

        return new(due.Length, due.Length);
    }
}
