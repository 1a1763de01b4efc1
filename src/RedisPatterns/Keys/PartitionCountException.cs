namespace RedisPatterns;

/// <summary>A keyspace lies in another number of partitions than it was opened with.</summary>
public sealed class PartitionCountException : StoreException
{
    internal PartitionCountException(string tag, long stored, int asked)
        : base($"{tag}: the keyspace lies in {stored} partitions, and was to be opened with {asked}.") => (Stored, Asked) = (stored, asked);

    /// <summary>The number of partitions that there are.</summary>
    public long Stored { get; }

    /// <summary>The number that was asked for.</summary>
    public int Asked { get; }
}
