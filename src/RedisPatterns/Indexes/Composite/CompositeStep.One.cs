namespace RedisPatterns;

/// <summary>The entities whose first parts of a composite index are given: a filter, and the way to one that compares the next part.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="T1">The type of the next part.</typeparam>
public sealed class CompositeStep<T, T1> : Filter<T>, IOrderedValue<T, T1>
    where T : class
{
    private readonly EntityIndex<T> _index;
    private readonly string _prefix;
    private readonly CompositeParts _descending;
    private readonly int _place;

    internal CompositeStep(EntityIndex<T> index, string prefix, CompositeParts descending, int place)
        : base(index.Model) => (_index, _prefix, _descending, _place) = (index, prefix, descending, place);

    EntityIndex<T> IOrderedValue<T, T1>.Index => _index;

    string IOrderedValue<T, T1>.Prefix => _prefix;

    bool IOrderedValue<T, T1>.IsDescending => CompositePrefix.Descends(_descending, _place);

    internal override Filter<T> Reduced => new TextFilter<T>(_index, TextRange.Beginning(_prefix));

    /// <summary>The entities whose next and last part is the given value too.</summary>
    /// <param name="value">The value; null asks for those that have none.</param>
    public Filter<T> Is(T1 value) => new TextFilter<T>(_index, TextRange.Beginning(CompositePrefix.With(_prefix, value, _descending, _place, _index)));

    internal static CompositeStep<T, T1> First<TFirst>(EntityIndex<T> index, TFirst value, CompositeParts descending) =>
        new(index, CompositePrefix.With("", value, descending, 0, index), descending, 1);
}
