namespace RedisPatterns;

/// <summary>What a <see cref="SeriesWriter"/> does with a sample that it has no room for.</summary>
public enum WhenFull
{
    /// <summary>The caller waits until there is room, in the order of coming.</summary>
    Wait,

    /// <summary>The oldest sample that is not on its way to the store is dropped for it.</summary>
    DropOldest,

    /// <summary>The call fails with <see cref="SeriesWriterFullException"/>.</summary>
    Throw,
}
