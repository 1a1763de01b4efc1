namespace RedisPatterns;

/// <summary>The kind of an index.</summary>
public enum IndexKind
{
    /// <summary>A value belongs to one entity at most: a hash from value to id.</summary>
    Unique,

    /// <summary>Entities by equal value: a set of ids for each value.</summary>
    Tag,

    /// <summary>Entities in the order of a number, a date or a duration: a sorted set of ids, by score or, where it is exact, by text.</summary>
    Range,

    /// <summary>Entities in the order of several values: a sorted set of texts.</summary>
    Composite,

    /// <summary>Entities in the order of a text, and by its beginning: a sorted set of texts.</summary>
    Prefix,

    /// <summary>Entities by the beginning of any of several words: a sorted set of texts.</summary>
    Words,

    /// <summary>Entities by where on the earth they are: a sorted set of ids.</summary>
    Geo,

    /// <summary>How many entities there are, in all or by group and period: a hash from group to number.</summary>
    Count,

    /// <summary>The sum of a number of the entities, in all or by group and period: a hash from group to sum.</summary>
    Sum,

    /// <summary>The least and the greatest value, in all or by group: a sorted set of texts.</summary>
    Extremes,
}
