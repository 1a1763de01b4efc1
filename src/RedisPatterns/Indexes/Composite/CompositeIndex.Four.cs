namespace RedisPatterns;

/// <summary>A composite index of four parts: equality on the first ones, a comparison of the next, and the order of all.</summary>
/// <remarks>Every entity has an entry, also where a part is null; null comes before any value, and last in a descending part.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="T1">The type of part 1.</typeparam>
/// <typeparam name="T2">The type of part 2.</typeparam>
/// <typeparam name="T3">The type of part 3.</typeparam>
/// <typeparam name="T4">The type of part 4.</typeparam>
public sealed class CompositeIndex<T, T1, T2, T3, T4> : EntityIndex<T>, IOrderIndex<T>, IOrderedValue<T, T1>
    where T : class
{
    private readonly Func<T, T1> _part1;
    private readonly Func<T, T2> _part2;
    private readonly Func<T, T3> _part3;
    private readonly Func<T, T4> _part4;
    private readonly CompositeParts _descending;

    internal CompositeIndex(EntityModelBase<T> model, string name, Func<T, T1> part1, Func<T, T2> part2, Func<T, T3> part3, Func<T, T4> part4, CompositeParts descending, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Composite, IndexForm.Text, new string([IndexSignature.OfPart<T1>(descending.HasFlag(CompositeParts.First)), IndexSignature.OfPart<T2>(descending.HasFlag(CompositeParts.Second)), IndexSignature.OfPart<T3>(descending.HasFlag(CompositeParts.Third)), IndexSignature.OfPart<T4>(descending.HasFlag(CompositeParts.Fourth))]), revision, when) =>
        (_part1, _part2, _part3, _part4, _descending) = (part1, part2, part3, part4, descending);

    EntityIndex<T> IOrderIndex<T>.Index => this;

    EntityIndex<T> IOrderedValue<T, T1>.Index => this;

    string IOrderedValue<T, T1>.Prefix => "";

    bool IOrderedValue<T, T1>.IsDescending => _descending.HasFlag(CompositeParts.First);

    /// <summary>The entities whose first part is the given value; what follows compares the next part.</summary>
    /// <param name="value">The value; null asks for those that have none.</param>
    public CompositeStep<T, T2, T3, T4> Is(T1 value) => CompositeStep<T, T2, T3, T4>.First(this, value, _descending);

    /// <summary>The entities whose parts are the given values.</summary>
    /// <param name="value1">The value of part 1.</param>
    /// <param name="value2">The value of part 2.</param>
    /// <param name="value3">The value of part 3.</param>
    /// <param name="value4">The value of part 4.</param>
    public Filter<T> Is(T1 value1, T2 value2, T3 value3, T4 value4) => Is(value1).Is(value2).Is(value3).Is(value4);

    internal override StoreValue EntryOfSource(object? value) => throw new NotSupportedException();

    private protected override StoreValue EntryOfEntity(T entity) => string.Join(
        OrderedText.Separator,
        [
            OrderedText.Of(_part1(entity), _descending.HasFlag(CompositeParts.First), this),
            OrderedText.Of(_part2(entity), _descending.HasFlag(CompositeParts.Second), this),
            OrderedText.Of(_part3(entity), _descending.HasFlag(CompositeParts.Third), this),
            OrderedText.Of(_part4(entity), _descending.HasFlag(CompositeParts.Fourth), this),
        ]);
}
