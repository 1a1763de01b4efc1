namespace RedisPatterns;

/// <summary>A value by which an index is ordered: filters compare it. The next part of a composite index, or a text.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public interface IOrderedValue<T, TValue>
    where T : class
{
    /// <summary>The index.</summary>
    internal EntityIndex<T> Index { get; }

    /// <summary>The parts before it as they are held, each with its separator.</summary>
    internal string Prefix { get; }

    /// <summary>Whether the greatest value comes first.</summary>
    internal bool IsDescending { get; }
}
