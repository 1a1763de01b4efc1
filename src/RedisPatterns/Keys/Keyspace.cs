using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>
/// A named region of a store whose keys share one hash tag: the unit of atomicity, of tenancy and of cluster placement.
/// </summary>
/// <remarks>
/// <c>Keyspace("shop")</c> owns every key that begins with <c>{shop}</c>. Thread-safe and cheap; hold it or make it anew.
/// The grammar of the keys is in docs/key-layout.md.
/// </remarks>
public sealed class Keyspace
{
    /// <summary>A keyspace of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name; any text that is not empty.</param>
    /// <param name="tenant">A tenant, whose keys are apart from those of every other; null for none.</param>
    /// <exception cref="ArgumentException">The name or tenant is empty.</exception>
    public Keyspace(IKeyValueStore store, string name, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (tenant is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(tenant);
        }

        Store = store;
        Name = name;
        Tenant = tenant;
        Tag = KeyGrammar.Tag(name, tenant);
    }

    internal Keyspace(IKeyValueStore store, string name, string? tenant, int partition)
        : this(store, name, tenant)
    {
        Partition = partition;
        Tag = KeyGrammar.PartitionTag(Tag, partition);
    }

    /// <summary>The store.</summary>
    public IKeyValueStore Store { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The tenant, or null.</summary>
    public string? Tenant { get; }

    /// <summary>The number of the partition that it is, counted from 0; null for a keyspace of its own.</summary>
    public int? Partition { get; }

    /// <summary>The hash tag with which all its keys begin, braces included.</summary>
    public string Tag { get; }

    /// <summary>A repository of entities of this keyspace. Hold it: it is made for the life of an application.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of their model.</typeparam>
    /// <param name="model">The model; it can not be changed afterwards.</param>
    /// <exception cref="ModelException">The model is not valid.</exception>
    public Repository<T, TModel> Repository<T, TModel>(TModel model)
        where T : class
        where TModel : EntityModelBase<T> => new([this], model, null);

    /// <summary>A unit of work over repositories of this keyspace, committed all or nothing in one round trip.</summary>
    public Change Change() => new(this);

    /// <summary>A limiter whose permits all instances of an application share. Hold it.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="rules">Its rules, all of which must allow; no two of one kind and period.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentException">There is no rule, or there are two of one kind and period.</exception>
    public KeyspaceRateLimiter RateLimiter(string name, params RateLimitRule[] rules) => new(Store, _ => this, name, rules);

    /// <summary>Locks that all instances of an application share, one for each resource. Hold it.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="options">How long a lease lives, whether it is renewed, and how is waited for it; null for the defaults.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public KeyspaceLock Lock(string name, LockOptions? options = null) => new(this, name, options ?? LockOptions.Default);

    /// <summary>Semaphores that all instances of an application share, one for each resource. Hold it.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="permits">How many hold a permit of a resource at once; 1 to 1,000,000. All who take one must agree on it.</param>
    /// <param name="options">How long a lease lives, whether it is renewed, and how is waited for it; null for the defaults.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public KeyspaceSemaphore Semaphore(string name, int permits, LockOptions? options = null) => new(this, name, permits, options ?? LockOptions.Default);

    /// <summary>Locks for many readers or one writer, that all instances of an application share, one for each resource. Hold it.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="options">How long a lease lives, whether it is renewed, and how is waited for it; null for the defaults. Those who wait are always served in the order in which they came.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public KeyspaceReadWriteLock ReadWriteLock(string name, LockOptions? options = null) => new(this, name, options ?? LockOptions.Default);

    /// <summary>An election of one leader among the instances of an application. Hold it.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="candidate">What others are told of this instance when it leads: a host's name, say; any text that is not empty.</param>
    /// <param name="options">How long a term lasts without a renewal, and the like; null for the defaults.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    /// <exception cref="ArgumentException">The candidate is empty.</exception>
    public KeyspaceElection Election(string name, string candidate, ElectionOptions? options = null) => new(this, name, candidate, options ?? ElectionOptions.Default);

    /// <summary>Operations that are named by an id and give their first result, however often they are asked for. Hold it.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="name">The name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="json">How results are written and read.</param>
    /// <param name="options">How long results are kept, and the like; null for the defaults.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public KeyspaceIdempotency<TResult> Idempotency<TResult>(string name, JsonTypeInfo<TResult> json, IdempotencyOptions? options = null) => new(this, name, json, options ?? IdempotencyOptions.Default);

    /// <summary>A set of time series: samples by the moment, in series that have a name and labels. Hold it.</summary>
    /// <param name="name">The name of the set: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
    /// <param name="options">How they are kept; the defaults unless given. All who use the set must agree on them.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public KeyspaceTimeSeries TimeSeries(string name, TimeSeriesOptions? options = null) => new(this, name, options ?? TimeSeriesOptions.Default);

    /// <summary>A key of your own, for commands, batches and scripts beside the patterns: <c>{shop}:prices</c>.</summary>
    /// <param name="name">Its name: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>, no word of the key grammar; take none that a model has.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public StoreKey Key(string name) => KeyGrammar.Own(Tag, name);

    /// <summary>One of many keys of your own: <c>{shop}:balance:alice</c>. The id is escaped, so that no id names another's key.</summary>
    /// <param name="name">What they have in common: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>, no word of the key grammar; take none that a model has.</param>
    /// <param name="id">Which one; any text.</param>
    /// <exception cref="ModelException">The name can be none.</exception>
    public StoreKey Key(string name, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return KeyGrammar.Own(Tag, name, id);
    }

    /// <summary>The key of this keyspace that remembers an operation by an id; for <see cref="AtomicBatch.RememberAs"/>.</summary>
    /// <param name="operationId">What names the operation; any text.</param>
    public StoreKey IdempotencyKey(string operationId)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        return KeyGrammar.Idempotency(Tag, operationId);
    }

    /// <summary>The hash tag.</summary>
    public override string ToString() => Tag;
}
