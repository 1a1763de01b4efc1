using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A change of an entity's expiry.</summary>
internal sealed class EntityTouch<T> : EntityOperation<T>
    where T : class
{
    public EntityTouch(EntityStorage<T> storage, string token, string expiry)
        : base(storage, WriteKind.Touch, token) => Expiry = expiry;

    /// <summary>The change that a user asks for.</summary>
    /// <exception cref="ModelException">The model does not say that its entities may expire.</exception>
    public static EntityTouch<T> Of(EntityStorage<T> storage, string token, Expiry expiry, bool mustExist) => storage.Schema.Expiry is null || expiry.IsNone
        ? throw new ModelException($"{storage.Schema.Name}: the model does not say that its entities may expire; declare MayExpire or another rule.")
        : new EntityTouch<T>(storage, token, ExpiryCode.Of(expiry)) { MustExist = mustExist };
}
