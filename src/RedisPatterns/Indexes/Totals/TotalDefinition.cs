namespace RedisPatterns;

/// <summary>What a model says of a total.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TNumber">The type of the total.</typeparam>
internal sealed record TotalDefinition<T, TNumber>(TotalUnit<TNumber> Unit, Func<T, bool>? When, int Revision)
    where T : class
    where TNumber : struct
{
    /// <summary>What is summed; null for a count.</summary>
    public Func<T, TNumber?>? Number { get; init; }

    /// <summary>The period by which the total is kept, if it is.</summary>
    public Period? Period { get; init; }

    /// <summary>The moment that tells the period of an entity.</summary>
    public Func<T, DateTimeOffset?>? At { get; init; }

    /// <summary>The fields from which an entity's part follows; null when it may follow from any.</summary>
    public IReadOnlyList<EntityField<T>>? From { get; init; }

    public IndexForm Form => (Unit.IsCount, Period) switch
    {
        (true, null) => IndexForm.Count,
        (true, _) => IndexForm.PeriodCount,
        (false, null) => IndexForm.Sum,
        _ => IndexForm.PeriodSum,
    };

    /// <summary>The unit and the period: a total that is kept in others does not understand what it held before.</summary>
    public string Signature => Unit.Signature + (Period is { } period ? period.Letter() : "");
}
