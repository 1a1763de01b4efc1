namespace RedisPatterns;

/// <summary>How an index is held; the letters are those of the catalogue.</summary>
internal enum IndexForm
{
    /// <summary>A hash from value to id.</summary>
    Claim = 'u',

    /// <summary>A set of ids for each value, of which an entity has one.</summary>
    Member = 't',

    /// <summary>A set of ids for each value, of which an entity has any number.</summary>
    Members = 'T',

    /// <summary>A sorted set of values and ids in the order of their bytes, one value for each entity.</summary>
    Text = 'l',

    /// <summary>The same with any number of values for each entity.</summary>
    Texts = 'L',

    /// <summary>A hash from group to how many entities are in it.</summary>
    Count = 'c',

    /// <summary>The same, one hash for each period.</summary>
    PeriodCount = 'C',

    /// <summary>A hash from group to the sum of the entities' numbers.</summary>
    Sum = 's',

    /// <summary>The same, one hash for each period.</summary>
    PeriodSum = 'S',

    /// <summary>A sorted set of ids by score.</summary>
    Score = 'r',
}
