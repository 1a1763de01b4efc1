namespace RedisPatterns;

/// <summary>A model is not valid, or is used against its own rules. The message names the model and the member.</summary>
public sealed class ModelException : InvalidOperationException
{
    /// <summary>The fault.</summary>
    /// <param name="message">What is wrong with which member of the model.</param>
    public ModelException(string message)
        : base(message)
    {
    }
}
