namespace RedisPatterns;

/// <summary>The entities that have one of some unique values.</summary>
internal sealed class ClaimFilter<T>(EntityIndex<T> index, string[] tokens) : Filter<T>(index.Model)
    where T : class
{
    public EntityIndex<T> Index { get; } = index;

    public string[] Tokens { get; } = tokens;
}
