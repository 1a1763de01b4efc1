namespace RedisPatterns;

/// <summary>A model in the keyspaces of a repository: one, or the partitions of one.</summary>
internal sealed class EntityStorages<T>
    where T : class
{
    private readonly EntityStorage<T>[] _all;

    public EntityStorages(IEnumerable<Keyspace> keyspaces, EntitySchema<T> schema, PartitionedKeyspaceOptions? options)
    {
        Schema = schema;
        _all = [.. keyspaces.Select(keyspace => new EntityStorage<T>(keyspace, schema))];
        if (options is null || _all.Length == 1 || schema.Shape.Uniques.Count == 0)
        {
            return;
        }

        Claims = new PartitionClaims<T>(this, options);
        Array.ForEach(_all, storage => storage.Claims = Claims);
    }

    private EntityStorages(EntityStorage<T> only) => (Schema, _all) = (only.Schema, [only]);

    /// <summary>The same in its one keyspace, whose writes are refused when a lease is no longer held.</summary>
    /// <exception cref="CrossSlotException">The lock lies in another keyspace, or there are partitions.</exception>
    public EntityStorages<T> GuardedBy(LeaseFence fence) => !ArePartitions && fence.Key.ToString().StartsWith(First.Keyspace.Tag + ":", StringComparison.Ordinal)
        ? new(First.GuardedBy(fence))
        : throw new CrossSlotException($"{Schema.Name}: the lock {fence.Lock} lies in another keyspace than the entities.");

    /// <summary>The schema.</summary>
    public EntitySchema<T> Schema { get; }

    /// <summary>All partitions, or the one keyspace.</summary>
    public IReadOnlyList<EntityStorage<T>> All => _all;

    /// <summary>The one keyspace, or the first of the partitions, in which lies what all have in common.</summary>
    public EntityStorage<T> First => _all[0];

    /// <summary>Who keeps unique values unique in all partitions; null where one script can.</summary>
    public PartitionClaims<T>? Claims { get; }

    /// <summary>Whether there are several.</summary>
    public bool ArePartitions => _all.Length > 1;

    /// <summary>Where an entity lies, or a claim of a value.</summary>
    public EntityStorage<T> Of(string token) => _all.Length == 1 ? _all[0] : _all[KeyGrammar.Partition(token, _all.Length)];

    /// <summary>A run of a query.</summary>
    public IQueryRunner<T> Run(QuerySpec<T> spec) => _all.Length == 1 ? new QueryRunner<T>(_all[0], spec) : new PartitionedQueryRunner<T>(_all, spec);

    /// <summary>Reads several entities, of each partition at once.</summary>
    public async ValueTask<IReadOnlyList<T?>> GetManyAsync(string[] tokens, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        if (_all.Length == 1)
        {
            return await _all[0].Reader.GetManyAsync(tokens, slides: true, unreadable, cancellationToken).ConfigureAwait(false);
        }

        unreadable = PartitionReports.OneAtATime(unreadable);
        var entities = new T?[tokens.Length];
        await Task.WhenAll(Enumerable.Range(0, tokens.Length).GroupBy(i => Of(tokens[i])).Select(async group =>
        {
            int[] places = [.. group];
            var read = await group.Key.Reader.GetManyAsync(Array.ConvertAll(places, i => tokens[i]), slides: true, unreadable, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < places.Length; i++)
            {
                entities[places[i]] = read[i];
            }
        })).ConfigureAwait(false);
        return entities;
    }
}
