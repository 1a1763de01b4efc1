namespace RedisPatterns;

/// <summary>A change of an entity's expiry.</summary>
internal sealed class EntityTouch<T> : EntityOperation<T>
    where T : class
{
    public EntityTouch(EntityStorage<T> storage, string token, string expiry)
        : base(storage, WriteKind.Touch, token) => Expiry = expiry;
}
