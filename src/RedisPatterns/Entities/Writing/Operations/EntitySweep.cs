namespace RedisPatterns;

/// <summary>The removal of what an expired entity has left, where scripts must declare their keys.</summary>
internal sealed class EntitySweep<T>(EntityStorage<T> storage, string token) : EntityOperation<T>(storage, WriteKind.Sweep, token)
    where T : class;
