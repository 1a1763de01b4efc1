namespace RedisPatterns;

/// <summary>The entities whose value lies within bounds.</summary>
internal sealed class RangeFilter<T>(EntityModelBase<T> model, int place, double minimum, bool excludesMinimum, double maximum, bool excludesMaximum) : Filter<T>(model)
    where T : class
{
    public int Place { get; } = place;

    public double Minimum { get; } = minimum;

    public bool ExcludesMinimum { get; } = excludesMinimum;

    public double Maximum { get; } = maximum;

    public bool ExcludesMaximum { get; } = excludesMaximum;
}
