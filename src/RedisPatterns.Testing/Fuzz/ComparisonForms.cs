namespace RedisPatterns.Testing;

/// <summary>The comparisons of a handle.</summary>
internal sealed record ComparisonForms<TValue>(
    Func<WareModel, TValue, TValue, Filter<Ware>> Between,
    Func<WareModel, TValue, Filter<Ware>> AtLeast,
    Func<WareModel, TValue, Filter<Ware>> AtMost,
    Func<WareModel, TValue, Filter<Ware>> GreaterThan,
    Func<WareModel, TValue, Filter<Ware>> LessThan,
    Func<WareModel, Filter<Ware>> Exists);
