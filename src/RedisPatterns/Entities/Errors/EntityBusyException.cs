namespace RedisPatterns;

/// <summary>An entity kept changing while a write that has to read it first was tried again and again. Nothing was written; try later.</summary>
public sealed class EntityBusyException : EntityException
{
    /// <summary>The failure.</summary>
    /// <param name="model">The name of the model.</param>
    public EntityBusyException(string model)
        : base(model, $"{model}: the entity kept changing while it was written; nothing was written.")
    {
    }
}
