namespace RedisPatterns;

/// <summary>The entities that have one of some values.</summary>
internal sealed class TagFilter<T>(EntityModelBase<T> model, int place, string[] tokens) : Filter<T>(model)
    where T : class
{
    public int Place { get; } = place;

    public string[] Tokens { get; } = tokens;
}
