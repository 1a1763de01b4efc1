namespace RedisPatterns;

/// <summary>An entity's id is null or empty. Nothing was sent.</summary>
public sealed class EntityIdException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    public EntityIdException(string model)
        : base(model, $"{model}: the id is null or empty.")
    {
    }
}
