namespace RedisPatterns;

/// <summary>The entities whose value as text lies within bounds.</summary>
internal sealed class TextFilter<T>(EntityIndex<T> index, TextRange range) : Filter<T>(index.Model)
    where T : class
{
    public EntityIndex<T> Index { get; } = index;

    public TextRange Range { get; } = range;
}
