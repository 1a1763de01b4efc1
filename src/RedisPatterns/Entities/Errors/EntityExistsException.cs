namespace RedisPatterns;

/// <summary>An entity with the id exists already, so it can not be inserted.</summary>
public sealed class EntityExistsException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    public EntityExistsException(string model)
        : base(model, $"{model}: an entity with this id exists already; nothing was written.")
    {
    }
}
