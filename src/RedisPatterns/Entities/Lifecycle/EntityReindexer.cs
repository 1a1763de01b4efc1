namespace RedisPatterns;

/// <summary>Writes memos and index entries of entities anew, one entity at a time, each in one atomic step.</summary>
internal sealed class EntityReindexer<T>(EntityStorage<T> storage)
    where T : class
{
    private const int MaximumAttempts = 32;

    /// <summary>Writes those of one entity; where there is no entity it removes what is left of it.</summary>
    /// <param name="token">The entity's id.</param>
    /// <param name="extrasOf">Gives the entries to remove that the entity, null if there is none, has no right to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EntityException">The entity can not be read, or kept changing.</exception>
    public async ValueTask<ReindexOutcome> RunAsync(string token, Func<T?, IReadOnlyList<ExtraEntry>>? extrasOf, CancellationToken cancellationToken)
    {
        var left = new HashSet<string>(StringComparer.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            var stored = await storage.Reader.ReadStoredAsync(token, cancellationToken).ConfigureAwait(false);
            var entity = stored is null ? null : storage.Reader.Read(stored);
            var operation = new EntityReindex<T>(storage, token, stored, left, extrasOf?.Invoke(entity) ?? []);
            try
            {
                await storage.CommitOnceAsync(operation, cancellationToken).ConfigureAwait(false);
                return new ReindexOutcome(stored is not null, left);
            }
            catch (DuplicateValueException duplicate)
            {
                // The other indexes can have it all the same; this one can not be right until one of the two is changed.
                left.Add(duplicate.Index);
                await storage.Lifecycle.SuspendAsync(duplicate.Index, cancellationToken).ConfigureAwait(false);
            }
            catch (EntityBusyException) when (attempt < MaximumAttempts)
            {
                // Somebody has written it meanwhile: it is looked at anew.
            }
        }
    }
}
