namespace RedisPatterns;

/// <summary>An entry that an entity may have in an index without a right to it.</summary>
/// <param name="Place">The place of the index in the shape.</param>
/// <param name="Value">The value of a claim or a tag; else the member of the sorted set.</param>
internal readonly record struct ExtraEntry(int Place, StoreValue Value);
