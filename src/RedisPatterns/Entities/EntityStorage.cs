namespace RedisPatterns;

/// <summary>A model in a keyspace: its schema and its keys.</summary>
internal sealed class EntityStorage<T>(Keyspace keyspace, EntitySchema<T> schema) : ISweptStorage
    where T : class
{
    private const int WritesPerRegistration = 1_024;

    private const int TurnsPerSweep = 16;
    private const int SweptAtOnce = 64;

    private volatile bool _registered;
    private int _sweepTurns;
    private int _writes;
    private EntityReader<T>? _reader;

    public Keyspace Keyspace { get; } = keyspace;

    public IKeyValueStore Store => Keyspace.Store;

    public EntitySchema<T> Schema { get; } = schema;

    public EntityKeys Keys { get; } = new(keyspace, schema.Name, schema.Shape);

    /// <summary>
    /// Whether the next write is to put the shape into the catalogue: the first one does, and now and then another, should
    /// somebody have emptied the server meanwhile.
    /// </summary>
    public bool NextRegisters() => !_registered || Interlocked.Increment(ref _writes) % WritesPerRegistration == 0;

    public void Registered() => _registered = true;

    /// <summary>Sweeps a few expired entities now and then: where a write can not do it along the way.</summary>
    public ValueTask SweepAfterWriteAsync(CancellationToken cancellationToken) =>
        Schema.Shape.IsSwept && !Store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys) && Interlocked.Increment(ref _sweepTurns) % TurnsPerSweep == 0
            ? SweepAFewAsync(cancellationToken)
            : default;

    /// <summary>Sweeps a few expired entities now and then.</summary>
    public ValueTask SweepAfterQueryAsync(CancellationToken cancellationToken) =>
        Schema.Shape.IsSwept && Interlocked.Increment(ref _sweepTurns) % TurnsPerSweep == 0 ? SweepAFewAsync(cancellationToken) : default;

    private async ValueTask SweepAFewAsync(CancellationToken cancellationToken) =>
        await new EntitySweeper<T>(this).RunOnceAsync(SweptAtOnce, cancellationToken).ConfigureAwait(false);

    string ISweptStorage.Name => Schema.Name;

    ValueTask<long> ISweptStorage.SweepAsync(long limit, CancellationToken cancellationToken) => new EntitySweeper<T>(this).RunAsync(limit, cancellationToken);

    /// <summary>Reads entities in the model's layout.</summary>
    public EntityReader<T> Reader => _reader ??= EntityReader<T>.Of(this);
}
