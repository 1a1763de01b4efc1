namespace RedisPatterns.Commands;

/// <summary>The order in which elements are returned.</summary>
public enum Order
{
    /// <summary>From the lowest to the highest.</summary>
    Ascending,

    /// <summary>From the highest to the lowest.</summary>
    Descending,
}
