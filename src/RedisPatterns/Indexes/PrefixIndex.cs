namespace RedisPatterns;

/// <summary>An index on a text: entities by the whole of it, by its beginning, and in its order.</summary>
/// <remarks>
/// Texts are compared character by character, by code point. Normalize in the model what case and accents are not to matter
/// for: <c>u => u.Name.ToLowerInvariant()</c>. An entity whose text is null has no entry.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public sealed class PrefixIndex<T> : EntityIndex<T>, IOrderIndex<T>, IOrderedValue<T, string?>
    where T : class
{
    private readonly Func<T, string?> _value;
    private readonly Func<object?, string?>? _ofSource;

    internal PrefixIndex(EntityModelBase<T> model, string name, Func<T, string?> value, Func<object?, string?>? ofSource, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Prefix, IndexForm.Text, "s", revision, when) => (_value, _ofSource) = (value, ofSource);

    EntityIndex<T> IOrderIndex<T>.Index => this;

    EntityIndex<T> IOrderedValue<T, string?>.Index => this;

    string IOrderedValue<T, string?>.Prefix => "";

    bool IOrderedValue<T, string?>.IsDescending => false;

    /// <summary>The entities that have the text.</summary>
    /// <param name="value">The text as the model normalizes it; null matches nothing.</param>
    public Filter<T> Is(string? value) => value is null
        ? !Filter<T>.Everything(Model)
        : new TextFilter<T>(this, TextRange.Beginning(OrderedText.Of(value, descending: false, this) + OrderedText.Separator));

    internal override StoreValue EntryOfSource(object? value) => Entry(_ofSource!(value));

    private protected override StoreValue EntryOfEntity(T entity) => Entry(_value(entity));

    private StoreValue Entry(string? value) => value is null ? "" : OrderedText.Of(value, descending: false, this);
}
