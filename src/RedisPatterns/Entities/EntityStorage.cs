namespace RedisPatterns;

/// <summary>A model in a keyspace: its schema and its keys.</summary>
internal sealed class EntityStorage<T>(Keyspace keyspace, EntitySchema<T> schema)
    where T : class
{
    private const int WritesPerRegistration = 1_024;

    private volatile bool _registered;
    private int _writes;

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

    public T Read(StoreValue document) => Schema.Deserialize(document, Keys);
}
