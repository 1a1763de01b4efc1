namespace RedisPatterns;

/// <summary>A model in a keyspace: its schema and its keys.</summary>
internal sealed class EntityStorage<T>(Keyspace keyspace, EntitySchema<T> schema) : ISweptStorage, IRecountedStorage
    where T : class
{
    private const int WritesPerRegistration = 1_024;

    private const long Never = long.MinValue;
    private const int TurnsPerSweep = 16;
    private const int SweptAtOnce = 64;

    private static readonly TimeSpan RegistrationInterval = TimeSpan.FromMinutes(1);

    private volatile bool _registered;
    private volatile bool _isOutdated;
    private long _registeredAt;
    private long _toldAt = Never;
    private int _sweepTurns;
    private int _writes;
    private readonly EntityStorage<T>? _origin;
    private EntityReader<T>? _reader;
    private IndexLifecycle<T>? _lifecycle;

    private EntityStorage(EntityStorage<T> origin, LeaseFence fence)
        : this(origin.Keyspace, origin.Schema) => (_origin, Fence, Clock) = (origin, fence, origin.Clock);

    /// <summary>The lease that writes of entities demand; null for none.</summary>
    public LeaseFence? Fence { get; }

    public Keyspace Keyspace { get; } = keyspace;

    public IKeyValueStore Store => Keyspace.Store;

    public EntitySchema<T> Schema { get; } = schema;

    public EntityKeys Keys => _origin?.Keys ?? (field ??= new EntityKeys(Keyspace, Schema.Name, Schema.Shape));

    /// <summary>The same, whose writes are refused when a lease is no longer held.</summary>
    public EntityStorage<T> GuardedBy(LeaseFence fence) => new(_origin ?? this, fence);

    /// <summary>
    /// Whether the next write is to put the shape into the catalogue: the first one does, and now and then another, should
    /// somebody have emptied the server, or declared further indexes, meanwhile.
    /// </summary>
    public bool NextRegisters() => _origin?.NextRegisters() ??
        !_registered || Interlocked.Increment(ref _writes) % WritesPerRegistration == 0 || Clock.GetElapsedTime(Interlocked.Read(ref _registeredAt)) >= RegistrationInterval;

    public void Registered()
    {
        if (_origin is not null)
        {
            _origin.Registered();
            return;
        }

        Interlocked.Exchange(ref _registeredAt, Clock.GetTimestamp());
        _registered = true;
    }

    /// <summary>Who keeps unique values unique in all partitions; null where one script can.</summary>
    public PartitionClaims<T>? Claims { get; set; }

    /// <summary>Commits one operation.</summary>
    public ValueTask CommitAsync(EntityOperation<T> operation, CancellationToken cancellationToken) => Claims is { } claims && PartitionClaims<T>.Concerns(operation.Kind)
        ? claims.SendAsync(this, operation, EntityCommit.MaximumAttempts, cancellationToken)
        : EntityCommit.SendAsync(Store, operation, cancellationToken);

    /// <summary>Commits one operation that is of no use when what is stored has changed.</summary>
    public ValueTask CommitOnceAsync(EntityOperation<T> operation, CancellationToken cancellationToken) => Claims is { } claims && PartitionClaims<T>.Concerns(operation.Kind)
        ? claims.SendAsync(this, operation, 1, cancellationToken)
        : EntityCommit.SendOnceAsync(Store, operation, cancellationToken);

    /// <summary>The clock by which a process looks at the catalogue again.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether the store has indexes that this model does not declare: newer code runs beside this one, or older indexes were not dropped.</summary>
    public bool IsOutdated
    {
        get => _origin?.IsOutdated ?? _isOutdated;
        set
        {
            if (_origin is not null)
            {
                _origin.IsOutdated = value;
            }
            else
            {
                _isOutdated = value;
            }
        }
    }

    /// <summary>Sweeps a few expired entities now and then: where a write can not do it along the way.</summary>
    public ValueTask SweepAfterWriteAsync(CancellationToken cancellationToken) => _origin is not null ? _origin.SweepAfterWriteAsync(cancellationToken)
        : Schema.Shape.IsSwept && !Store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys) && Interlocked.Increment(ref _sweepTurns) % TurnsPerSweep == 0
            ? SweepAFewAsync(cancellationToken)
        : TellUseAsync(cancellationToken);

    /// <summary>Sweeps a few expired entities now and then.</summary>
    public ValueTask SweepAfterQueryAsync(CancellationToken cancellationToken) => _origin is not null ? _origin.SweepAfterQueryAsync(cancellationToken)
        : Schema.Shape.IsSwept && Interlocked.Increment(ref _sweepTurns) % TurnsPerSweep == 0 ? SweepAFewAsync(cancellationToken) : TellUseAsync(cancellationToken);

    /// <summary>Says now and then that a process uses the shape, so that nobody drops its indexes: not in its first minute, then once a minute.</summary>
    public ValueTask TellUseAsync(CancellationToken cancellationToken)
    {
        if (_origin is not null)
        {
            return _origin.TellUseAsync(cancellationToken);
        }

        var told = Interlocked.Read(ref _toldAt);
        if (!Schema.Shape.HasMemo
            || (told != Never && Clock.GetElapsedTime(told) < RegistrationInterval)
            || Interlocked.CompareExchange(ref _toldAt, Clock.GetTimestamp(), told) != told
            || told == Never)
        {
            return default;
        }

        return SendAsync();

        async ValueTask SendAsync() =>
            await Store.EvaluateAsync(UseScript.Script.With([KeyGrammar.Use(Keyspace.Tag, Schema.Name)], [Schema.Shape.Stamp]), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SweepAFewAsync(CancellationToken cancellationToken) =>
        await new EntitySweeper<T>(this).RunOnceAsync(SweptAtOnce, cancellationToken).ConfigureAwait(false);

    string ISweptStorage.Name => Schema.Name;

    ValueTask<long> ISweptStorage.SweepAsync(long limit, CancellationToken cancellationToken) => new EntitySweeper<T>(this).RunAsync(limit, cancellationToken);

    string IRecountedStorage.Name => Schema.Name;

    ValueTask<RecountReport> IRecountedStorage.RecountAsync(RecountOptions options, CancellationToken cancellationToken) => new TotalRecount<T>(this, options).RunAsync(cancellationToken);

    /// <summary>The states of the model's indexes.</summary>
    public IndexLifecycle<T> Lifecycle => _origin?.Lifecycle ?? (_lifecycle ??= new IndexLifecycle<T>(this));

    /// <summary>Reads entities in the model's layout.</summary>
    public EntityReader<T> Reader => _origin?.Reader ?? (_reader ??= EntityReader<T>.Of(this));
}
