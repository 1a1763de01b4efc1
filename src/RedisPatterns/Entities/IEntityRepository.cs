namespace RedisPatterns;

/// <summary>A repository, whatever the type of its model: what a <see cref="Change"/> takes.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public interface IEntityRepository<T>
    where T : class
{
    /// <summary>The keyspace.</summary>
    Keyspace Keyspace { get; }

    /// <summary>The model in its keyspace.</summary>
    internal EntityStorage<T> Storage { get; }
}
