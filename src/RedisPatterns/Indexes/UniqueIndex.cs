namespace RedisPatterns;

/// <summary>A unique index: no two entities have the same value, and one is found by it in one round trip.</summary>
/// <remarks>
/// An entity whose value is null claims nothing; of several values as a tuple, <c>u => (u.Tenant, u.Email)</c>, none may be.
/// Normalize in the model: <c>u => u.Email.ToLowerInvariant()</c>.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class UniqueIndex<T, TValue> : EntityIndex<T>
    where T : class
{
    private readonly Func<T, TValue> _value;
    private readonly Func<object?, TValue>? _ofSource;

    internal UniqueIndex(EntityModelBase<T> model, string name, Func<T, TValue> value, Func<object?, TValue>? ofSource, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Unique, IndexForm.Claim, "", revision, when) => (_value, _ofSource) = (value, ofSource);

    /// <summary>The entity that has the value, if there is one.</summary>
    /// <param name="value">The value as the model normalizes it; null matches nothing.</param>
    public Filter<T> Is(TValue value) => AnyOf(value);

    /// <summary>The entities that have one of the values.</summary>
    /// <param name="values">The values as the model normalizes them; none of them matches nothing.</param>
    public Filter<T> AnyOf(params ReadOnlySpan<TValue> values) => new ClaimFilter<T>(this, IndexToken.Distinct(values, this));

    internal override StoreValue EntryOfSource(object? value) => TokenOf(_ofSource!(value)) ?? "";

    internal string? TokenOf(TValue value) => IndexToken.Of(value, this);

    private protected override StoreValue EntryOfEntity(T entity) => TokenOf(_value(entity)) ?? "";
}
