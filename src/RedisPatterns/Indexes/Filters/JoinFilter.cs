namespace RedisPatterns;

/// <summary>The entities that two filters, or one of them, ask for.</summary>
internal sealed class JoinFilter<T>(Filter<T> left, Filter<T> right, bool isAnd) : Filter<T>(left.Model)
    where T : class
{
    public Filter<T> Left { get; } = left;

    public Filter<T> Right { get; } = right;

    public bool IsAnd { get; } = isAnd;
}
