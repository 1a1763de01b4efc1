namespace RedisPatterns;

/// <summary>What sealing has done.</summary>
/// <param name="Buckets">How many buckets were sealed.</param>
/// <param name="BytesBefore">How long they were together.</param>
/// <param name="BytesAfter">How long they are now.</param>
public sealed record SealReport(long Buckets, long BytesBefore, long BytesAfter);
