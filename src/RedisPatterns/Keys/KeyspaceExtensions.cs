namespace RedisPatterns;

/// <summary>Keyspaces of a store.</summary>
public static class KeyspaceExtensions
{
    /// <summary>A keyspace of this store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name; any text that is not empty.</param>
    /// <param name="tenant">A tenant, whose keys are apart from those of every other; null for none.</param>
    public static Keyspace Keyspace(this IKeyValueStore store, string name, string? tenant = null) => new(store, name, tenant);
}
