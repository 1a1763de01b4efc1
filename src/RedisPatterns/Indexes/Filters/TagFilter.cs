namespace RedisPatterns;

/// <summary>The entities that have one of some values.</summary>
internal sealed class TagFilter<T>(EntityIndex<T> index, string[] tokens) : Filter<T>(index.Model)
    where T : class
{
    public EntityIndex<T> Index { get; } = index;

    public string[] Tokens { get; } = tokens;
}
