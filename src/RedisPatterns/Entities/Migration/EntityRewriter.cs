namespace RedisPatterns;

/// <summary>Writes entities of older schemas anew, one at a time.</summary>
internal sealed class EntityRewriter<T>(EntityStorage<T> storage)
    where T : class
{
    private const int MaximumAttempts = 8;

    /// <summary>Upgrades an entity where it is stored.</summary>
    /// <exception cref="EntityException">It can not be upgraded, or kept changing.</exception>
    public async ValueTask<RewriteOutcome> RunAsync(string token, bool dryRun, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await storage.Reader.ReadStoredAsync(token, cancellationToken).ConfigureAwait(false);
            if (stored is null)
            {
                return RewriteOutcome.Gone;
            }

            if (stored.Schema >= storage.Schema.Plan.Version)
            {
                return RewriteOutcome.Current;
            }

            var rewrite = new EntityRewrite<T>(storage, token, stored);
            if (dryRun)
            {
                return RewriteOutcome.Upgraded;
            }

            try
            {
                await storage.CommitOnceAsync(rewrite, cancellationToken).ConfigureAwait(false);
                return RewriteOutcome.Upgraded;
            }
            catch (EntityNotFoundException)
            {
                return RewriteOutcome.Gone;
            }
            catch (EntityBusyException) when (attempt < MaximumAttempts)
            {
                // Somebody has written it meanwhile: it is looked at anew.
            }
        }
    }
}
