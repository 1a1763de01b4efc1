namespace RedisPatterns;

/// <summary>A demand on what is stored, as a part of a commit: it writes nothing, and refuses the rest.</summary>
internal sealed class EntityRequire<T>(EntityStorage<T> storage, WriteKind kind, string token) : EntityOperation<T>(storage, kind, token)
    where T : class;
