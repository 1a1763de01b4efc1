namespace RedisPatterns.Commands;

/// <summary>A range of ids of stream entries; each end is included or excluded.</summary>
/// <remarks><c>default</c> holds no entry; use <see cref="All"/>.</remarks>
public readonly record struct StreamRange
{
    /// <summary>A range of ids.</summary>
    /// <param name="min">The lower end.</param>
    /// <param name="max">The upper end.</param>
    /// <param name="excludeMin">Whether the lower end itself is left out.</param>
    /// <param name="excludeMax">Whether the upper end itself is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The greatest id is excluded as lower end, or the least as upper end: nothing lies beyond.</exception>
    public StreamRange(StreamId min, StreamId max, bool excludeMin = false, bool excludeMax = false)
    {
        if (excludeMin && min == StreamId.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(min), "No id comes after the greatest.");
        }

        if (excludeMax && max == StreamId.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(max), "No id comes before 0-0.");
        }

        Min = min;
        Max = max;
        ExcludeMin = excludeMin;
        ExcludeMax = excludeMax;
    }

    /// <summary>All ids.</summary>
    public static StreamRange All => new(StreamId.Zero, StreamId.MaxValue);

    /// <summary>The lower end.</summary>
    public StreamId Min { get; }

    /// <summary>The upper end.</summary>
    public StreamId Max { get; }

    /// <summary>Whether <see cref="Min"/> itself is left out.</summary>
    public bool ExcludeMin { get; }

    /// <summary>Whether <see cref="Max"/> itself is left out.</summary>
    public bool ExcludeMax { get; }

    /// <summary>Ids from one to another, both included.</summary>
    /// <param name="min">The lower end.</param>
    /// <param name="max">The upper end.</param>
    public static StreamRange Between(StreamId min, StreamId max) => new(min, max);

    /// <summary>One id.</summary>
    /// <param name="id">The id.</param>
    public static StreamRange Exactly(StreamId id) => new(id, id);

    /// <summary>An id and all that come after it.</summary>
    /// <param name="id">The id.</param>
    public static StreamRange From(StreamId id) => new(id, StreamId.MaxValue);

    /// <summary>All that come after an id.</summary>
    /// <param name="id">The id.</param>
    public static StreamRange After(StreamId id) => new(id, StreamId.MaxValue, excludeMin: true);

    /// <summary>An id and all that come before it.</summary>
    /// <param name="id">The id.</param>
    public static StreamRange UpTo(StreamId id) => new(StreamId.Zero, id);

    /// <summary>All that come before an id.</summary>
    /// <param name="id">The id.</param>
    public static StreamRange Before(StreamId id) => new(StreamId.Zero, id, excludeMax: true);

    internal StoreValue MinArgument => ExcludeMin ? $"({Min}" : Min == StreamId.Zero ? "-" : Min.ToString();

    internal StoreValue MaxArgument => ExcludeMax ? $"({Max}" : Max == StreamId.MaxValue ? "+" : Max.ToString();
}
