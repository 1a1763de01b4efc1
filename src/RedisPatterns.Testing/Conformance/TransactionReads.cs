using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Reads of every data type, and of every shape of reply.</summary>
internal static class TransactionReads
{
    private const double Odd = 0.1 + 0.2;

    public static IEnumerable<TransactionRead> All(ConformanceContext c)
    {
        StoreKey k = c.Key("k"), other = c.Key("other");
        return [.. OfStrings(k, other), .. OfKeys(k, other), .. OfHashes(k), .. OfLists(k), .. OfSets(k, other), .. OfSortedSets(k), .. OfOthers(k)];
    }

    private static IEnumerable<TransactionRead> OfStrings(StoreKey k, StoreKey other) =>
    [
        new(Strings.Get(k), Strings.Set(k, "w"), Strings.Set(k, "v")),
        new(Strings.Get(k), Strings.Set(k, ""), []),
        new(Strings.Get(k), Keys.Delete(k), Strings.Set(k, "")),
        new(Strings.Get(k), Strings.Set(k, "12"), Strings.Set(k, "012")),
        new(Strings.Get(k), Strings.SetRange(k, 100, "w"), Strings.Set(k, new string('v', 200))),
        new(Strings.GetMany(k, other), Strings.Set(other, "w"), Strings.Set(k, "v")),
        new(Strings.Length(k), Strings.Append(k, "w"), Strings.Set(k, "v")),
        new(Strings.GetRange(k, 1, 2), Strings.Set(k, "abCd"), Strings.Set(k, "abcd")),
        new(Bits.Get(k, 7), Bits.Set(k, 7, true), Strings.Set(k, "\0")),
        new(Bits.Count(k), Bits.Set(k, 7, true), Strings.Set(k, "\0")),
    ];

    private static IEnumerable<TransactionRead> OfKeys(StoreKey k, StoreKey other) =>
    [
        new(Keys.Exists(k), Strings.Set(k, "v"), []),
        new(Keys.Exists(k), Keys.Delete(k), Strings.Set(k, "v")),
        new(Keys.Exists(k, other), Keys.Delete(k), Strings.Set(k, "v")),
        new(Keys.Type(k), Keys.Delete(k), Strings.Set(k, "v")),
        new(Keys.Type(k), Keys.Copy(other, k, replace: true), Strings.Set(k, "v"), Sets.Add(other, "m")),
        new(Keys.ExpireTime(k), Keys.Expire(k, TimeSpan.FromHours(1)), Strings.Set(k, "v")),
        new(Keys.ExpireTime(k), Keys.Persist(k), Strings.Set(k, "v", TimeSpan.FromHours(1))),
    ];

    private static IEnumerable<TransactionRead> OfHashes(StoreKey k) =>
    [
        new(Hashes.Get(k, "f"), Hashes.Set(k, "f", "w"), Hashes.Set(k, "f", "v")),
        new(Hashes.Get(k, "f"), Hashes.Set(k, "f", ""), []),
        new(Hashes.GetMany(k, "f", "g"), Hashes.Set(k, "g", "w"), Hashes.Set(k, "f", "v")),
        new(Hashes.GetAll(k), Hashes.Set(k, "g", "w"), Hashes.Set(k, "f", "v")),
        new(Hashes.GetAll(k), Hashes.Set(k, "f", "w"), Hashes.Set(k, new HashEntry("f", "v"), new HashEntry("g", "v"))),
        new(Hashes.Exists(k, "f"), Hashes.Delete(k, "f"), Hashes.Set(k, "f", "v")),
        new(Hashes.Length(k), Hashes.Set(k, "g", "w"), Hashes.Set(k, "f", "v")),
        new(Hashes.Fields(k), Hashes.Set(k, "g", "w"), Hashes.Set(k, "f", "v")),
        new(Hashes.Values(k), Hashes.Set(k, "f", "w"), Hashes.Set(k, "f", "v")),
    ];

    private static IEnumerable<TransactionRead> OfLists(StoreKey k) =>
    [
        new(Lists.Range(k), Lists.Set(k, 1, "w"), Lists.RightPush(k, "a", "b", "c")),
        new(Lists.Range(k), Lists.RightPush(k, "w"), []),
        new(Lists.Range(k, 1, 2), Lists.Set(k, 2, "w"), Lists.RightPush(k, "a", "b", "c")),
        new(Lists.Get(k, -1), Lists.RightPush(k, "w"), Lists.RightPush(k, "a")),
        new(Lists.Get(k, 0), Lists.RightPush(k, "w"), []),
        new(Lists.Length(k), Lists.RightPush(k, "w"), Lists.RightPush(k, "a")),
    ];

    private static IEnumerable<TransactionRead> OfSets(StoreKey k, StoreKey other) =>
    [
        new(Sets.Members(k), Sets.Move(k, other, "a"), Sets.Add(k, "a", "b")),
        new(Sets.Contains(k, "a"), Sets.Remove(k, "a"), Sets.Add(k, "a", "b")),
        new(Sets.Contains(k, "a"), Sets.Add(k, "a"), []),
        new(Sets.ContainsMany(k, "a", "b"), Sets.Add(k, "b"), Sets.Add(k, "a")),
        new(Sets.Length(k), Sets.Add(k, "b"), Sets.Add(k, "a")),
    ];

    private static IEnumerable<TransactionRead> OfSortedSets(StoreKey k) =>
    [
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 2), SortedSets.Add(k, "a", 1)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 0.3), SortedSets.Add(k, "a", Odd)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 1), SortedSets.Add(k, "a", double.PositiveInfinity)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 1), SortedSets.Add(k, "a", double.NegativeInfinity)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 1), SortedSets.Add(k, "a", 1e17)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 1), SortedSets.Add(k, "a", -1.5e300)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 1), SortedSets.Add(k, "a", 2.5e-7)),
        new(SortedSets.Score(k, "a"), SortedSets.Add(k, "a", 1), []),
        new(SortedSets.Scores(k, "a", "b"), SortedSets.Add(k, "b", 1), SortedSets.Add(k, "a", Odd)),
        new(SortedSets.Length(k), SortedSets.Add(k, "b", 1), SortedSets.Add(k, "a", 1)),
        new(SortedSets.Range(k, RankRange.All), SortedSets.Add(k, "b", 1), SortedSets.Add(k, "a", 1)),
        new(SortedSets.RangeWithScores(k, RankRange.All), SortedSets.Add(k, "b", 2.5), SortedSets.Add(k, new SortedSetEntry("a", Odd), new SortedSetEntry("b", 2))),
        new(SortedSets.RangeByScore(k, ScoreRange.All), SortedSets.Add(k, "b", 1), SortedSets.Add(k, "a", 1)),
        new(SortedSets.CountByScore(k, ScoreRange.All), SortedSets.Add(k, "b", 1), SortedSets.Add(k, "a", 1)),
    ];

    private static IEnumerable<TransactionRead> OfOthers(StoreKey k) =>
    [
        new(HyperLogLogs.Count(k), HyperLogLogs.Add(k, "b"), HyperLogLogs.Add(k, "a")),
        new(Geo.Positions(k, "a", "none"), Geo.Add(k, new GeoEntry("a", new(13.5, 52.5))), Geo.Add(k, new GeoEntry("a", new(2.35, 48.85)))),
        new(Geo.Distance(k, "a", "b"), Geo.Add(k, new GeoEntry("b", new(13.5, 52.5))), Geo.Add(k, new GeoEntry("a", new(2.35, 48.85)), new GeoEntry("b", new(2.4, 48.9)))),
        new(Streams.Length(k), Streams.Add(k, new KeyValuePair<StoreValue, StoreValue>("f", "v")), []),
        new(Streams.Range(k, StreamRange.All), Streams.Add(k, new KeyValuePair<StoreValue, StoreValue>("f", "w")), Streams.Add(k, new KeyValuePair<StoreValue, StoreValue>("f", "v"))),
    ];
}
