namespace RedisPatterns;

/// <summary>Another entity holds the value of a unique index. The message names the index, not the value.</summary>
public sealed class DuplicateValueException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="index">The name of the unique index.</param>
    public DuplicateValueException(string model, string index)
        : base(model, $"{model}.{index}: another entity holds this value of the unique index; nothing was written.") => Index = index;

    /// <summary>The name of the unique index.</summary>
    public string Index { get; }
}
