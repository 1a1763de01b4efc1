namespace RedisPatterns;

/// <summary>A value can not be kept in an index exactly, such as NaN or an integer beyond 2^53 in a range index. Nothing was sent.</summary>
public sealed class IndexValueException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="index">The name of the index.</param>
    /// <param name="reason">What is wrong with the value, without the value.</param>
    public IndexValueException(string model, string index, string reason)
        : base(model, $"{model}.{index}: {reason}") => Index = index;

    /// <summary>The name of the index.</summary>
    public string Index { get; }
}
