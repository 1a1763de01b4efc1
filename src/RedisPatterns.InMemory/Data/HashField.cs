namespace RedisPatterns.InMemory;

/// <summary>The value of a field of a hash, and when it expires.</summary>
internal struct HashField(StoreValue value, long expiresAt)
{
    public StoreValue Value = value;

    /// <summary>In milliseconds since 1970, or <see cref="Database.Never"/>.</summary>
    public long ExpiresAt = expiresAt;
}
