namespace RedisPatterns;

/// <summary>A page of a read: the buckets that it goes through.</summary>
/// <param name="read">The read.</param>
/// <param name="starts">The first moments of the buckets, in the order of the read.</param>
/// <param name="next">Where the next page begins.</param>
internal sealed class BucketPage(SeriesRead read, long[] starts, long next)
{
    /// <summary>The read.</summary>
    public SeriesRead Read { get; } = read;

    /// <summary>The first moments of the buckets, in the order of the read.</summary>
    public long[] Starts { get; } = starts;

    /// <summary>Where the next page begins.</summary>
    public long Next { get; } = next;

    /// <summary>Whether the sink wants no more.</summary>
    public bool IsEnough { get; set; }
}
