namespace RedisPatterns;

/// <summary>A unique index: no two entities have the same value, and one is found by it in one round trip.</summary>
/// <remarks>An entity whose value is null claims nothing. Normalize in the model: <c>u => u.Email.ToLowerInvariant()</c>.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class UniqueIndex<T, TValue> : EntityIndex<T>
    where T : class
{
    private readonly Func<T, TValue> _value;
    private readonly Func<object?, TValue>? _ofSource;

    internal UniqueIndex(EntityModelBase<T> model, string name, Func<T, TValue> value, Func<object?, TValue>? ofSource = null)
        : base(model, name, IndexKind.Unique) => (_value, _ofSource) = (value, ofSource);

    internal override StoreValue EntryOf(T entity) => TokenOf(_value(entity)) ?? "";

    internal override StoreValue EntryOfSource(object? value) => TokenOf(_ofSource!(value)) ?? "";

    internal string? TokenOf(TValue value) => IndexToken.Of(value, this);
}
