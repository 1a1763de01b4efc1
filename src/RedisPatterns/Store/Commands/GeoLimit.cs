namespace RedisPatterns.Commands;

/// <summary>How many members a search returns. <c>default</c> is <see cref="None"/>: all of them.</summary>
public readonly record struct GeoLimit
{
    private readonly long _count;
    private readonly bool _any;

    private GeoLimit(long count, bool any)
    {
        _count = count;
        _any = any;
    }

    /// <summary>All.</summary>
    public static GeoLimit None => default;

    /// <summary>The nearest, or with descending order the farthest. <c>COUNT</c>.</summary>
    /// <param name="count">How many at most; at least 1.</param>
    public static GeoLimit Take(long count) => new(Positive(count), any: false);

    /// <summary>The first that are found, which need not be the nearest and is cheaper. <c>COUNT</c> with <c>ANY</c>.</summary>
    /// <param name="count">How many at most; at least 1.</param>
    public static GeoLimit Any(long count) => new(Positive(count), any: true);

    internal void AddTo(ArgumentList arguments)
    {
        if (_count > 0)
        {
            arguments.Add("COUNT").Add(_count).AddIf(_any, "ANY");
        }
    }

    private static long Positive(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count;
    }
}
