namespace RedisPatterns;

/// <summary>What a <see cref="BatchCondition"/> looks at.</summary>
public enum ConditionKind
{
    /// <summary>The key exists.</summary>
    KeyExists,

    /// <summary>The key does not exist.</summary>
    KeyAbsent,

    /// <summary>The key holds a type.</summary>
    KeyType,

    /// <summary>The string equals a value.</summary>
    StringEquals,

    /// <summary>The string, as a number, compares with one.</summary>
    Number,

    /// <summary>The hash has a field with a value.</summary>
    HashFieldEquals,

    /// <summary>The hash has a field.</summary>
    HashFieldExists,

    /// <summary>The hash has not a field.</summary>
    HashFieldAbsent,

    /// <summary>The set has a member.</summary>
    SetContains,

    /// <summary>The set has not a member.</summary>
    SetLacks,

    /// <summary>The sorted set has a member.</summary>
    SortedSetContains,

    /// <summary>The sorted set has not a member.</summary>
    SortedSetLacks,

    /// <summary>The score of a member compares with a number.</summary>
    Score,

    /// <summary>The number of elements compares with a number: string bytes, list items, members, fields, entries.</summary>
    Cardinality,

    /// <summary>A read gives the reply that it gave before.</summary>
    SameReply,
}
