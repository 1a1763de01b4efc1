namespace RedisPatterns;

/// <summary>A composite index of two parts: equality on the first ones, a comparison of the next, and the order of all.</summary>
/// <remarks>Every entity has an entry, also where a part is null; null comes before any value, and last in a descending part.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="T1">The type of part 1.</typeparam>
/// <typeparam name="T2">The type of part 2.</typeparam>
public sealed class CompositeIndex<T, T1, T2> : EntityIndex<T>, IOrderIndex<T>, IOrderedValue<T, T1>
    where T : class
{
    private readonly Func<T, T1> _part1;
    private readonly Func<T, T2> _part2;
    private readonly CompositeParts _descending;

    internal CompositeIndex(EntityModelBase<T> model, string name, Func<T, T1> part1, Func<T, T2> part2, CompositeParts descending, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Composite, IndexForm.Text, new string([IndexSignature.OfPart<T1>(descending.HasFlag(CompositeParts.First)), IndexSignature.OfPart<T2>(descending.HasFlag(CompositeParts.Second))]), revision, when) =>
        (_part1, _part2, _descending) = (part1, part2, descending);

    EntityIndex<T> IOrderIndex<T>.Index => this;

    EntityIndex<T> IOrderedValue<T, T1>.Index => this;

    string IOrderedValue<T, T1>.Prefix => "";

    bool IOrderedValue<T, T1>.IsDescending => _descending.HasFlag(CompositeParts.First);

    /// <summary>The entities whose first part is the given value; what follows compares the next part.</summary>
    /// <param name="value">The value; null asks for those that have none.</param>
    public CompositeStep<T, T2> Is(T1 value) => CompositeStep<T, T2>.First(this, value, _descending);

    /// <summary>The entities whose parts are the given values.</summary>
    /// <param name="value1">The value of part 1.</param>
    /// <param name="value2">The value of part 2.</param>
    public Filter<T> Is(T1 value1, T2 value2) => Is(value1).Is(value2);

    internal override StoreValue EntryOfSource(object? value) => throw new NotSupportedException();

    private protected override StoreValue EntryOfEntity(T entity) => string.Join(
        OrderedText.Separator,
        [
            OrderedText.Of(_part1(entity), _descending.HasFlag(CompositeParts.First), this),
            OrderedText.Of(_part2(entity), _descending.HasFlag(CompositeParts.Second), this),
        ]);
}
