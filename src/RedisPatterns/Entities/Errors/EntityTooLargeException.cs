namespace RedisPatterns;

/// <summary>An entity's content is longer than its model allows. Nothing of it is to be seen in the store.</summary>
public sealed class EntityTooLargeException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="maximumBytes">The greatest length of a content, in bytes.</param>
    public EntityTooLargeException(string model, long maximumBytes)
        : base(model, $"{model}: the content is longer than the {maximumBytes} bytes that one entity of this model may have; nothing was written.") => MaximumBytes = maximumBytes;

    /// <summary>The greatest length of a content, in bytes.</summary>
    public long MaximumBytes { get; }
}
