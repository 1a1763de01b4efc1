namespace RedisPatterns;

/// <summary>An index that a query can be ordered by.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public interface IOrderIndex<T>
    where T : class
{
    /// <summary>The index's place among those of its kind in the model.</summary>
    internal int Place { get; }
}
