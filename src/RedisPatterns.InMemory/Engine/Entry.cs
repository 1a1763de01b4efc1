namespace RedisPatterns.InMemory;

/// <summary>What the database holds of a key.</summary>
internal sealed class Entry(StoreKey key, DataStructure data)
{
    /// <summary>The key.</summary>
    public StoreKey Key { get; } = key;

    /// <summary>The value. Changed by the <see cref="Database"/> only.</summary>
    public DataStructure Data { get; set; } = data;

    /// <summary>When the key expires, in milliseconds since 1970, or <see cref="Database.Never"/>. Changed by the <see cref="Database"/> only.</summary>
    public long ExpiresAt { get; set; } = Database.Never;

    /// <summary>The moment from which the entry must be looked at for something expired: the key, or fields of the hash.</summary>
    public long Deadline { get; set; } = Database.Never;
}
