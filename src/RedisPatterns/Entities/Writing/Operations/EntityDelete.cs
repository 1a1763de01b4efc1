namespace RedisPatterns;

/// <summary>A delete of an entity.</summary>
internal sealed class EntityDelete<T>(EntityStorage<T> storage, string token) : EntityOperation<T>(storage, WriteKind.Delete, token)
    where T : class;
