namespace RedisPatterns;

/// <summary>The given parts of a composite index as they are held.</summary>
internal static class CompositePrefix
{
    /// <summary>Whether a part, counted from 0, descends.</summary>
    public static bool Descends(CompositeParts descending, int place) => ((int)descending & (1 << place)) != 0;

    /// <summary>The parts with one more.</summary>
    public static string With<T, TValue>(string prefix, TValue value, CompositeParts descending, int place, EntityIndex<T> index)
        where T : class => string.Concat(prefix, OrderedText.Of(value, Descends(descending, place), index), "\t");
}
