using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A keyspace for what outgrows one shard: many keyspaces, addressed as one. Thread-safe; hold it.</summary>
/// <remarks>
/// An entity lies in the partition that its id gives, with its index entries and its memo, so that a write is as atomic as in
/// any keyspace. A query asks all partitions and merges what they give. A unique value is claimed in the partition that the
/// value gives, before the entity is written. How, and what it costs, is in docs/patterns/partitions.md.
/// </remarks>
public sealed class PartitionedKeyspace
{
    private readonly Keyspace[] _partitions;
    private readonly PartitionedKeyspaceOptions _options;

    private PartitionedKeyspace(IKeyValueStore store, string name, PartitionedKeyspaceOptions options)
    {
        _options = options;
        _partitions = [.. Enumerable.Range(0, options.Partitions).Select(number => new Keyspace(store, name, options.Tenant, number))];
    }

    /// <summary>The partitions.</summary>
    public IReadOnlyList<Keyspace> Partitions => _partitions;

    /// <summary>Opens a keyspace: notes the number of its partitions if it is new, and compares it if it is not.</summary>
    internal static async ValueTask<PartitionedKeyspace> OpenAsync(
        IKeyValueStore store, string name, PartitionedKeyspaceOptions? options = null, CancellationToken cancellationToken = default)
    {
        var keyspace = new PartitionedKeyspace(store, name, options ?? new PartitionedKeyspaceOptions());
        var count = keyspace._partitions.Length;
        StoreKey key = KeyGrammar.Partitions(keyspace._partitions[0].Tag);
        var noted = await store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
        if (noted.IsNull)
        {
            var pipeline = new StorePipeline();
            pipeline.Add(Strings.Set(key, count, Expiry.None, SetWhen.KeyAbsent));
            var read = pipeline.Add(Strings.Get(key));
            await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            pipeline.ThrowIfAnyFailed();
            noted = read.Value;
        }

        return noted.TryGetInt64(out var stored) && stored == count ? keyspace : throw new PartitionCountException(keyspace.ToString(), stored, count);
    }

    /// <summary>The partition in which an entity lies.</summary>
    /// <param name="id">Its id, as text.</param>
    public Keyspace PartitionOf(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _partitions[KeyGrammar.Partition(KeyGrammar.Escape(id), _partitions.Length)];
    }

    /// <summary>A repository of entities of this keyspace. Hold it: it is made for the life of an application.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of their model.</typeparam>
    /// <param name="model">The model; it can not be changed afterwards.</param>
    /// <exception cref="ModelException">The model is not valid.</exception>
    public Repository<T, TModel> Repository<T, TModel>(TModel model)
        where T : class
        where TModel : EntityModelBase<T> => new(_partitions, model, _options);

    /// <summary>A limiter whose permits all instances of an application share. What a subject has taken lies in the partition that its name gives. Hold it.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="rules">Its rules, all of which must allow; no two of one kind and period.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentException">There is no rule, or there are two of one kind and period.</exception>
    public KeyspaceRateLimiter RateLimiter(string name, params RateLimitRule[] rules) => new(_partitions[0].Store, PartitionOf, name, rules);

    /// <summary>The name and the tenant.</summary>
    public override string ToString() => KeyGrammar.Tag(_partitions[0].Name, _partitions[0].Tenant);
}
