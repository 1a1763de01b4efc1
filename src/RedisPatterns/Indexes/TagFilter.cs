namespace RedisPatterns;

/// <summary>The entities that have one of some values.</summary>
internal sealed class TagFilter<T>(EntityModel<T> model, int place, string[] tokens) : Filter<T>(model)
    where T : class
{
    public int Place { get; } = place;

    public string[] Tokens { get; } = tokens;
}
