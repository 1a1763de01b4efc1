namespace RedisPatterns;

/// <summary>A tag index: entities by equal value, of which an entity may have one or many.</summary>
/// <remarks>An entity whose value is null, or whose list is null or empty, has no entry.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class TagIndex<T, TValue> : EntityIndex<T>
    where T : class
{
    private readonly Func<T, TValue>? _value;
    private readonly Func<T, IEnumerable<TValue>?>? _values;
    private readonly Func<object?, TValue>? _ofSource;
    private readonly Func<object?, IEnumerable<TValue>?>? _manyOfSource;

    internal TagIndex(EntityModelBase<T> model, string name, Func<T, TValue> value, Func<object?, TValue>? ofSource, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Tag, IndexForm.Member, "", revision, when) => (_value, _ofSource) = (value, ofSource);

    internal TagIndex(EntityModelBase<T> model, string name, Func<T, IEnumerable<TValue>?> values, Func<object?, IEnumerable<TValue>?>? ofSource, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Tag, IndexForm.Members, "", revision, when) => (_values, _manyOfSource) = (values, ofSource);

    /// <summary>The entities that have the value.</summary>
    /// <param name="value">The value; null matches nothing.</param>
    public Filter<T> Is(TValue value) => AnyOf(value);

    /// <summary>The entities that have at least one of the values.</summary>
    /// <param name="values">The values; none of them matches nothing.</param>
    public Filter<T> AnyOf(params ReadOnlySpan<TValue> values) => new TagFilter<T>(this, IndexToken.Distinct(values, this));

    /// <summary>The entities that have all the values.</summary>
    /// <param name="values">The values; none of them matches everything.</param>
    public Filter<T> AllOf(params ReadOnlySpan<TValue> values)
    {
        Filter<T>? all = null;
        foreach (var value in values)
        {
            all = all is null ? Is(value) : all & Is(value);
        }

        return all ?? Filter<T>.Everything(Model);
    }

    /// <summary>The entities that have none of the values, also those that have no value at all.</summary>
    /// <param name="values">The values; none of them matches everything.</param>
    public Filter<T> NoneOf(params ReadOnlySpan<TValue> values) => !AnyOf(values);

    internal override StoreValue EntryOfSource(object? value) => _ofSource is not null ? IndexToken.Of(_ofSource(value), this) ?? "" : EntryOfMany(_manyOfSource!(value));

    private protected override StoreValue EntryOfEntity(T entity) => _value is not null ? IndexToken.Of(_value(entity), this) ?? "" : EntryOfMany(_values!(entity));

    private string EntryOfMany(IEnumerable<TValue>? values)
    {
        var tokens = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var value in values ?? [])
        {
            if (IndexToken.Of(value, this) is { } token)
            {
                tokens.Add(token);
            }
        }

        return string.Join(',', tokens);
    }
}
