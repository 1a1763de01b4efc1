namespace RedisPatterns;

/// <summary>The least and the greatest value of the entities, whatever is written, deleted or expires.</summary>
/// <remarks>Held as a sorted set of all values as text in order, each with the id behind it, so numbers are exact. Entities without a value or a group have no part in it.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value: a text, number, date, duration, enum, bool or Guid.</typeparam>
public abstract class ExtremesIndex<T, TValue> : EntityIndex<T>
    where T : class
{
    private readonly Func<T, TValue> _value;

    private protected ExtremesIndex(EntityModelBase<T> model, string name, Func<T, TValue> value, string signature, int revision, Func<T, bool>? when, IReadOnlyList<EntityField<T>>? from)
        : base(model, name, IndexKind.Extremes, IndexForm.Text, signature, revision, when) => (_value, From) = (value, from);

    internal override StoreValue EntryOfSource(object? value) => throw new NotSupportedException();

    /// <summary>What stands before the value in an entity's entry; null for no entry.</summary>
    private protected abstract string? PrefixOf(T entity);

    private protected override StoreValue EntryOfEntity(T entity) =>
        _value(entity) is { } value && PrefixOf(entity) is { } prefix ? prefix + OrderedText.Of(value, descending: false, this) : "";
}
