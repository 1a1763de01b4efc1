namespace RedisPatterns;

/// <summary>How the value of a bucket is made up.</summary>
/// <param name="SealedCount">How many samples its chunk has.</param>
/// <param name="RecordCount">How many records stand behind the chunk.</param>
/// <param name="ChunkLength">How many bytes the chunk has; 0 without one.</param>
internal readonly record struct BucketShape(int SealedCount, int RecordCount, int ChunkLength);
