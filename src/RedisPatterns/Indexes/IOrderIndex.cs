namespace RedisPatterns;

/// <summary>An index that a query can be ordered by.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public interface IOrderIndex<T>
    where T : class
{
    /// <summary>The index.</summary>
    internal EntityIndex<T> Index { get; }
}
