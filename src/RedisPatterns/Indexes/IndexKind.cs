namespace RedisPatterns;

/// <summary>The kind of an index.</summary>
public enum IndexKind
{
    /// <summary>A value belongs to one entity at most: a hash from value to id.</summary>
    Unique,

    /// <summary>Entities by equal value: a set of ids for each value.</summary>
    Tag,

    /// <summary>Entities in the order of a number or date: a sorted set of ids.</summary>
    Range,
}
