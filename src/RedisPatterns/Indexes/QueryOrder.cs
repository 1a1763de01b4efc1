namespace RedisPatterns;

/// <summary>The order of an index: by score, equal ones by the bytes of the id's token.</summary>
internal static class QueryOrder
{
    public static int Compare(double leftScore, string leftToken, double rightScore, string rightToken) =>
        leftScore.CompareTo(rightScore) is var byScore and not 0
            ? byScore
            : ((StoreValue)leftToken).AsMemory().Span.SequenceCompareTo(((StoreValue)rightToken).AsMemory().Span);
}
