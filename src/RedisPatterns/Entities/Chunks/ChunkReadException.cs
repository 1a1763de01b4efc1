namespace RedisPatterns;

/// <summary>A content that is kept in parts can not be read, or not any longer. For the code around it to retry or wrap.</summary>
internal sealed class ChunkReadException(ChunkReadFailure failure, string message, Exception? innerException = null) : StoreException(message, innerException)
{
    public ChunkReadFailure Failure { get; } = failure;
}
