namespace RedisPatterns;

/// <summary>A count or a sum of the entities by period: <see cref="TotalIndex{T, TNumber}"/>.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TNumber">The type of the total.</typeparam>
public sealed class PeriodTotal<T, TNumber> : TotalIndex<T, TNumber>
    where T : class
    where TNumber : struct
{
    internal PeriodTotal(EntityModelBase<T> model, string name, TotalDefinition<T, TNumber> definition)
        : base(model, name, definition)
    {
    }

    private protected override string GroupOf(T entity) => NoGroup;
}
