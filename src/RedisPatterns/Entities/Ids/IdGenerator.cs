using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>Gives new ids. Thread-safe; one instance serves any number of models, keyspaces and stores.</summary>
/// <remarks>Those of <see cref="IdGenerators"/> serve most; derive for others, and refuse nothing but what the store does.</remarks>
/// <typeparam name="TId">The type of the ids.</typeparam>
public abstract class IdGenerator<TId>
{
    /// <summary>The next id, when it can be had without asking the store.</summary>
    /// <param name="context">For which entities.</param>
    /// <param name="id">The id.</param>
    /// <returns>False when <see cref="NextAsync"/> has to be asked, which is always so unless a generator says otherwise.</returns>
    public virtual bool TryNext(IdGeneration context, [MaybeNullWhen(false)] out TId id)
    {
        id = default;
        return false;
    }

    /// <summary>The next id.</summary>
    /// <param name="context">For which entities.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>An id that this generator has not given before.</returns>
    /// <exception cref="StoreException">The store had to be asked and could not answer.</exception>
    public abstract ValueTask<TId> NextAsync(IdGeneration context, CancellationToken cancellationToken = default);
}
