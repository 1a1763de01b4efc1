namespace RedisPatterns;

/// <summary>Ids that need no store.</summary>
internal sealed class LocalIdGenerator<TId>(Func<TId> next) : IdGenerator<TId>
{
    public override bool TryNext(IdGeneration context, out TId id)
    {
        id = next();
        return true;
    }

    public override ValueTask<TId> NextAsync(IdGeneration context, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<TId>(cancellationToken) : new(next());
}
