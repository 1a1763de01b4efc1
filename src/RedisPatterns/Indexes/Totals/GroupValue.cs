namespace RedisPatterns;

/// <summary>What a total is for one group.</summary>
/// <typeparam name="TGroup">The type of the groups.</typeparam>
/// <typeparam name="TNumber">The type of the total.</typeparam>
/// <param name="Group">The group.</param>
/// <param name="Value">The total.</param>
public readonly record struct GroupValue<TGroup, TNumber>(TGroup Group, TNumber Value)
    where TNumber : struct;
