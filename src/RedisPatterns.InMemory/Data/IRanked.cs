namespace RedisPatterns.InMemory;

/// <summary>An item that a <see cref="RankTree{T}"/> keeps in order.</summary>
/// <typeparam name="T">The item's own type.</typeparam>
internal interface IRanked<T>
    where T : struct, IRanked<T>
{
    /// <summary>The order of items.</summary>
    static abstract int Compare(in T left, in T right);
}
