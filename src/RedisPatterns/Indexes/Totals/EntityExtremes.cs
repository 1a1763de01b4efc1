namespace RedisPatterns;

/// <summary>The least and the greatest value of all entities: <see cref="ExtremesIndex{T, TValue}"/>.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class EntityExtremes<T, TValue> : ExtremesIndex<T, TValue>
    where T : class
{
    internal EntityExtremes(EntityModelBase<T> model, string name, Func<T, TValue> value, int revision, Func<T, bool>? when, IReadOnlyList<EntityField<T>>? from)
        : base(model, name, value, IndexSignature.Of<TValue>().ToString(), revision, when, from)
    {
    }

    private protected override string PrefixOf(T entity) => "";
}
