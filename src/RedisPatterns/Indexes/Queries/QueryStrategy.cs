namespace RedisPatterns;

/// <summary>How a query was answered.</summary>
public enum QueryStrategy
{
    /// <summary>The index that gives the order is walked from its end, and its entries tested against the others.</summary>
    Walk,

    /// <summary>The smallest index is collected, tested against the others, and put in order, in one call.</summary>
    Collect,

    /// <summary>The smallest index is larger than one call may touch, or only some of it is needed: it is gone through piece by piece.</summary>
    Pieces,

    /// <summary>No index can drive it: all entities are gone through.</summary>
    Everything,
}
