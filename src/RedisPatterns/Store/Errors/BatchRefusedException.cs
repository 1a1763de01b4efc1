namespace RedisPatterns;

/// <summary>A batch was not applied: a condition did not hold, or a command could not be carried out. Nothing was written.</summary>
public sealed class BatchRefusedException : StoreException
{
    /// <summary>The refusal.</summary>
    /// <param name="result">How the commit ended.</param>
    public BatchRefusedException(CommitResult result)
        : base($"The batch was refused, nothing was written: {result}.", result?.Error) => Result = result!;

    /// <summary>How the commit ended.</summary>
    public CommitResult Result { get; }
}
