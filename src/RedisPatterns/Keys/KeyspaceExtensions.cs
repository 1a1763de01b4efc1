namespace RedisPatterns;

/// <summary>Keyspaces of a store.</summary>
public static class KeyspaceExtensions
{
    /// <summary>A keyspace of this store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name; any text that is not empty.</param>
    /// <param name="tenant">A tenant, whose keys are apart from those of every other; null for none.</param>
    public static Keyspace Keyspace(this IKeyValueStore store, string name, string? tenant = null) => new(store, name, tenant);

    /// <summary>Opens a keyspace that is spread over many hash slots: notes the number of its partitions if it is new. One round trip; two when it is new.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name; any text that is not empty.</param>
    /// <param name="options">In how many partitions, and for which tenant; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The name or tenant is empty.</exception>
    /// <exception cref="PartitionCountException">It lies in another number of partitions.</exception>
    public static ValueTask<PartitionedKeyspace> OpenPartitionedKeyspaceAsync(
        this IKeyValueStore store, string name, PartitionedKeyspaceOptions? options = null, CancellationToken cancellationToken = default) =>
        PartitionedKeyspace.OpenAsync(store, name, options, cancellationToken);
}
