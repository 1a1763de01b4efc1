namespace RedisPatterns;

/// <summary>No entity with the id exists, so it can not be updated.</summary>
public sealed class EntityNotFoundException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    public EntityNotFoundException(string model)
        : base(model, $"{model}: there is no entity with this id; nothing was written.")
    {
    }
}
