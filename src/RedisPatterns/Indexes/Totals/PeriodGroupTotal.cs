namespace RedisPatterns;

/// <summary>A count or a sum of the entities by period and group: <see cref="TotalIndex{T, TNumber}"/>.</summary>
/// <remarks>A tuple is a group by several values: <c>o => (o.Country, o.Status)</c>. An entity for which it, or a part of it, is null does not count.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TGroup">The type of the groups.</typeparam>
/// <typeparam name="TNumber">The type of the total.</typeparam>
public sealed class PeriodGroupTotal<T, TGroup, TNumber> : TotalIndex<T, TNumber>
    where T : class
    where TNumber : struct
{
    private readonly Func<T, TGroup> _by;

    internal PeriodGroupTotal(EntityModelBase<T> model, string name, TotalDefinition<T, TNumber> definition, Func<T, TGroup> by)
        : base(model, name, definition) => _by = by;

    internal string? TokenOf(TGroup group) => IndexToken.Of(group, this);

    private protected override string? GroupOf(T entity) => TokenOf(_by(entity));
}
