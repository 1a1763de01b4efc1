namespace RedisPatterns;

/// <summary>A range index: entities in the order of a number, a date or a duration.</summary>
/// <remarks>
/// Held as scores, which are doubles, or exactly, as text in order. As scores, integers up to 2^53 and decimals of up to 15
/// significant digits are kept, others refused with <see cref="IndexValueException"/>, and moments and durations count to the
/// millisecond, finer parts cut off. Exactly, every number is kept with all its digits, and moments and durations to 100
/// nanoseconds; an entry then takes about twice the memory. Decimals and 128-bit integers are held exactly unless the model
/// says otherwise, other types as scores. An entity whose value is null has no entry, and does not appear in queries that
/// range over or order by the index.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class RangeIndex<T, TValue> : EntityIndex<T>, IOrderIndex<T>
    where T : class
{
    private readonly Func<T, TValue> _value;
    private readonly Func<object?, TValue>? _ofSource;

    internal RangeIndex(EntityModelBase<T> model, string name, Func<T, TValue> value, Func<object?, TValue>? ofSource, bool exact, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Range, exact ? IndexForm.Text : IndexForm.Score, exact ? IndexSignature.Of<TValue>().ToString() : "", revision, when) => (_value, _ofSource) = (value, ofSource);

    EntityIndex<T> IOrderIndex<T>.Index => this;

    private bool IsExact => Slot.Form == IndexForm.Text;

    /// <summary>The entities whose value is the given one.</summary>
    /// <param name="value">The value; null finds nothing.</param>
    public Filter<T> Is(TValue value) => value is null ? !Filter<T>.Everything(Model) : Between(value, value);

    /// <summary>The entities whose value lies between two, these included.</summary>
    /// <param name="minimum">The least value; null for no bound.</param>
    /// <param name="maximum">The greatest value; null for no bound.</param>
    public Filter<T> Between(TValue minimum, TValue maximum) => IsExact
        ? OrderedFilters.Between(this, "", descending: false, minimum, maximum)
        : Make(Bound(minimum, double.NegativeInfinity), false, Bound(maximum, double.PositiveInfinity), false);

    /// <summary>The entities whose value is at least the given one.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="IndexValueException">The value is null, or not one that the index can keep.</exception>
    public Filter<T> AtLeast(TValue value) => IsExact
        ? OrderedFilters.AtLeast(this, "", descending: false, value)
        : Make(Bound(value), false, double.PositiveInfinity, false);

    /// <summary>The entities whose value is at most the given one.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="IndexValueException">The value is null, or not one that the index can keep.</exception>
    public Filter<T> AtMost(TValue value) => IsExact
        ? OrderedFilters.AtMost(this, "", descending: false, value)
        : Make(double.NegativeInfinity, false, Bound(value), false);

    /// <summary>The entities whose value is greater than the given one.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="IndexValueException">The value is null, or not one that the index can keep.</exception>
    public Filter<T> GreaterThan(TValue value) => IsExact
        ? OrderedFilters.GreaterThan(this, "", descending: false, value)
        : Make(Bound(value), true, double.PositiveInfinity, false);

    /// <summary>The entities whose value is less than the given one.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="IndexValueException">The value is null, or not one that the index can keep.</exception>
    public Filter<T> LessThan(TValue value) => IsExact
        ? OrderedFilters.LessThan(this, "", descending: false, value)
        : Make(double.NegativeInfinity, false, Bound(value), true);

    /// <summary>The entities that have a value.</summary>
    public Filter<T> Exists() => IsExact
        ? new TextFilter<T>(this, TextRange.All)
        : Make(double.NegativeInfinity, false, double.PositiveInfinity, false);

    // The catalogue need not know what scores mean; whether they still mean the same does matter.
    internal override string Definition => IsExact ? base.Definition : $"{base.Definition}={IndexSignature.Of<TValue>()}";

    internal override StoreValue EntryOfSource(object? value) => EntryOfValue(_ofSource!(value));

    private protected override StoreValue EntryOfEntity(T entity) => EntryOfValue(_value(entity));

    private StoreValue EntryOfValue(TValue value) =>
        value is null ? ""
        : IsExact ? OrderedText.Of(value, descending: false, this)
        : IndexScore.Of(value, this) is { } score ? score : "";

    private double Bound(TValue value, double? open = null) =>
        IndexScore.Of(value, this) ?? open ?? throw new IndexValueException(Model.Name, Name, "a comparison needs a value, not null.");

    // An infinity that is left out is a bound that some servers read as one that is not: say it with numbers.
    private Filter<T> Make(double minimum, bool excludesMinimum, double maximum, bool excludesMaximum)
    {
        if ((excludesMinimum && double.IsPositiveInfinity(minimum)) || (excludesMaximum && double.IsNegativeInfinity(maximum)))
        {
            return !Filter<T>.Everything(Model);
        }

        if (excludesMinimum && double.IsNegativeInfinity(minimum))
        {
            (minimum, excludesMinimum) = (double.MinValue, false);
        }

        if (excludesMaximum && double.IsPositiveInfinity(maximum))
        {
            (maximum, excludesMaximum) = (double.MaxValue, false);
        }

        return new RangeFilter<T>(this, new QueryBound(minimum, excludesMinimum), new QueryBound(maximum, excludesMaximum));
    }
}
