namespace RedisPatterns;

/// <summary>An entity that a <see cref="Change"/> writes.</summary>
/// <typeparam name="T">The type of the entity.</typeparam>
public sealed class ChangedEntity<T>
    where T : class
{
    private readonly EntityOperation<T> _operation;

    internal ChangedEntity(EntityOperation<T> operation) => _operation = operation;

    /// <summary>The entity as it was stored, with its new version.</summary>
    /// <exception cref="InvalidOperationException">The change has not been committed, or was refused.</exception>
    public T Value => _operation.Result ?? throw new InvalidOperationException("The entity is there when the change has been committed.");
}
