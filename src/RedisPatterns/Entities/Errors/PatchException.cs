namespace RedisPatterns;

/// <summary>A patch does not fit what is stored. Nothing was written.</summary>
public sealed class PatchException : EntityException
{
    /// <summary>The failure.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="reason">What does not fit.</param>
    public PatchException(string model, string field, string reason)
        : base(model, $"{model}.{field}: {reason}") => Field = field;

    /// <summary>The name of the field.</summary>
    public string Field { get; }
}
