namespace RedisPatterns;

/// <summary>What a total was in one period.</summary>
/// <typeparam name="TNumber">The type of the total.</typeparam>
/// <param name="Start">The first moment of the period, in UTC.</param>
/// <param name="Value">The total; 0 when no entity lies in it.</param>
public readonly record struct PeriodValue<TNumber>(DateTimeOffset Start, TNumber Value)
    where TNumber : struct;
