namespace RedisPatterns;

/// <summary>How an index differs from the entities.</summary>
public enum DriftKind
{
    /// <summary>An entity's entry is not in the index.</summary>
    MissingEntry,

    /// <summary>The index has an entry that belongs to no entity, or to one with another value.</summary>
    ExtraEntry,

    /// <summary>The memo of an entity is missing or is not what its indexed values give.</summary>
    WrongMemo,

    /// <summary>There is a memo, but no entity.</summary>
    OrphanMemo,

    /// <summary>A count or sum is not what the memos add up to.</summary>
    WrongTotal,
}
