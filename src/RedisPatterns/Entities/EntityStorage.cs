namespace RedisPatterns;

/// <summary>A model in a keyspace: its schema and its keys.</summary>
internal sealed class EntityStorage<T>(Keyspace keyspace, EntitySchema<T> schema)
    where T : class
{
    private volatile bool _registered;

    public Keyspace Keyspace { get; } = keyspace;

    public IKeyValueStore Store => Keyspace.Store;

    public EntitySchema<T> Schema { get; } = schema;

    public EntityKeys Keys { get; } = new(keyspace, schema.Name, schema.Shape);

    /// <summary>Whether no write of this process has put the shape into the catalogue yet.</summary>
    public bool MustRegister => !_registered;

    public void Registered() => _registered = true;

    public T Read(StoreValue document) => Schema.Deserialize(document, Keys);
}
