using System.Text;

namespace RedisPatterns.InMemory;

/// <summary>The order of keys by their bytes, whether they are held as text or as bytes.</summary>
internal static class KeyOrder
{
    private const int ScratchSize = 256;

    public static int Compare(StoreKey left, StoreKey right) =>
        left.TryGetText(out var one) && right.TryGetText(out var other) ? CompareText(one, other) : CompareBytes(left, right);

    private static int CompareText(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        return common < left.Length && common < right.Length ? Weight(left[common]) - Weight(right[common]) : left.Length - right.Length;
    }

    // UTF-8 puts what UTF-16 writes as surrogates behind everything else.
    private static int Weight(char c) => char.IsSurrogate(c) ? c + char.MaxValue : c;

    private static int CompareBytes(StoreKey left, StoreKey right) =>
        BytesOf(left, stackalloc byte[ScratchSize]).SequenceCompareTo(BytesOf(right, stackalloc byte[ScratchSize]));

    private static ReadOnlySpan<byte> BytesOf(StoreKey key, Span<byte> scratch) =>
        key.TryGetText(out var text) && Encoding.UTF8.TryGetBytes(text, scratch, out var count) ? scratch[..count] : key.ToArray();
}
