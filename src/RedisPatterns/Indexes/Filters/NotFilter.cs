namespace RedisPatterns;

/// <summary>The entities that another filter does not ask for.</summary>
internal sealed class NotFilter<T>(Filter<T> inner) : Filter<T>(inner.Model)
    where T : class
{
    public Filter<T> Inner { get; } = inner;
}
