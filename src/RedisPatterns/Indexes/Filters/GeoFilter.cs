using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The entities that are within a distance of a place.</summary>
internal sealed class GeoFilter<T>(EntityIndex<T> index, GeoPosition centre, double metres) : Filter<T>(index.Model)
    where T : class
{
    public EntityIndex<T> Index { get; } = index;

    public GeoPosition Centre { get; } = centre;

    public double Metres { get; } = metres;
}
