namespace RedisPatterns.InMemory;

/// <summary>The order of values by their bytes.</summary>
internal sealed class ByteOrder : IComparer<StoreValue>
{
    public static ByteOrder Instance { get; } = new();

    public int Compare(StoreValue x, StoreValue y) => x.AsMemory().Span.SequenceCompareTo(y.AsMemory().Span);
}
