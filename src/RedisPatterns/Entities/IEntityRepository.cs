namespace RedisPatterns;

/// <summary>A repository, whatever the type of its model: what a <see cref="Change"/> takes.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public interface IEntityRepository<T>
    where T : class
{
    /// <summary>The keyspace; of a repository in partitions the first of them, in which lies what all have in common.</summary>
    Keyspace Keyspace { get; }

    /// <summary>The model in its keyspace, or in its partitions.</summary>
    internal EntityStorages<T> Storages { get; }
}
