using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>The commands that read all that a key holds.</summary>
internal static class Contents
{
    public static IEnumerable<DifferentialCommand> Of(StoreKey key, DataType type) => type switch
    {
        DataType.String => [new(Strings.Get(key), ReplyRule.Exact)],
        DataType.Hash => [new(Hashes.GetAll(key), ReplyRule.PairsInAnyOrder)],
        DataType.List => [new(Lists.Range(key), ReplyRule.Exact)],
        DataType.Set => [new(Sets.Members(key), ReplyRule.AnyOrder)],
        DataType.SortedSet => [new(SortedSets.RangeWithScores(key, RankRange.All), ReplyRule.Scores)],
        DataType.Stream => OfStream(key),
        _ => [],
    };

    private static IEnumerable<DifferentialCommand> OfStream(StoreKey key)
    {
        yield return new(Streams.Range(key, StreamRange.All), ReplyRule.Exact);
        yield return new(Streams.Info(key), ReplyRule.Info);
        yield return new(Streams.Groups(key), ReplyRule.Info);
        foreach (var group in Pool.Groups)
        {
            yield return new(Streams.Consumers(key, group), ReplyRule.Info);
            yield return new(Streams.Pending(key, group), ReplyRule.Exact);
            yield return new(Streams.Pending(key, group, StreamRange.All, 1000), ReplyRule.Pending);
        }
    }
}
