namespace RedisPatterns;

/// <summary>The entities whose score lies within bounds.</summary>
internal sealed class RangeFilter<T>(EntityIndex<T> index, QueryBound minimum, QueryBound maximum) : Filter<T>(index.Model)
    where T : class
{
    public EntityIndex<T> Index { get; } = index;

    public QueryBound Minimum { get; } = minimum;

    public QueryBound Maximum { get; } = maximum;
}
