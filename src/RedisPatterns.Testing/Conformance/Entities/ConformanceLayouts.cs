namespace RedisPatterns.Testing;

/// <summary>The layouts that the suites run on.</summary>
internal static class ConformanceLayouts
{
    public static EntityLayout Document { get; } = EntityLayout.Document();

    /// <summary>How many partitions entities are spread over, where they are.</summary>
    public const int Partitions = 5;

    /// <summary>Of parts so small that most entities have several.</summary>
    public static EntityLayout Chunked { get; } = EntityLayout.Chunked(partSize: 1_024);
}
