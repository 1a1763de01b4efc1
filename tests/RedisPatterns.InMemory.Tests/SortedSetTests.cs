using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

public sealed class SortedSetTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Members_are_ordered_by_score_and_then_by_unsigned_bytes()
    {
        StoreValue high = new byte[] { 200 };
        await _store.SortedSetAddAsync("k", [new("b", 1), new(high, 1), new("a", 1), new("z", 0.5), new("", 1)], Token);
        Assert.Equal(["z", "", "a", "b", high], await _store.SortedSetRangeAsync("k", RankRange.All, cancellationToken: Token));
        Assert.Equal(3, await _store.SortedSetRankAsync("k", "b", cancellationToken: Token));
        Assert.Equal(1, await _store.SortedSetRankAsync("k", "b", Order.Descending, Token));
    }

    [Fact]
    public async Task A_member_is_the_same_as_text_bytes_or_number()
    {
        await _store.SortedSetAddAsync("k", 12, 1, Token);
        await _store.SortedSetAddAsync("k", "12", 2, Token);
        await _store.SortedSetAddAsync("k", "12"u8.ToArray(), 3, Token);
        Assert.Equal([new SortedSetEntry("12", 3)], await _store.SortedSetRangeWithScoresAsync("k", RankRange.All, cancellationToken: Token));
    }

    [Fact]
    public async Task Limits_count_in_the_order_of_the_range()
    {
        await _store.SortedSetAddAsync("k", [.. Enumerable.Range(0, 10).Select(i => new SortedSetEntry(i.ToString(CultureInfo.InvariantCulture), i))], Token);
        var range = new ScoreRange(1, 8, excludeMin: true);
        Assert.Equal(["3", "4"], await _store.SortedSetRangeByScoreAsync("k", range, limit: RangeLimit.Page(1, 2), cancellationToken: Token));
        Assert.Equal(["7", "6"], await _store.SortedSetRangeByScoreAsync("k", range, Order.Descending, RangeLimit.Page(1, 2), Token));
        Assert.Equal(["2"], await _store.SortedSetRangeByScoreAsync("k", range, Order.Descending, RangeLimit.Skip(6), Token));
        Assert.Equal(["9", "8"], await _store.SortedSetRangeAsync("k", RankRange.First(2), Order.Descending, Token));
    }

    [Fact]
    public async Task Opposite_infinities_do_not_add_up_and_change_nothing()
    {
        await _store.SortedSetAddAsync("k", "m", double.PositiveInfinity, Token);
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await _store.SortedSetIncrementAsync("k", "m", double.NegativeInfinity, Token));
        Assert.Equal(double.PositiveInfinity, await _store.SortedSetScoreAsync("k", "m", Token));
    }

    [Fact]
    public async Task The_last_member_takes_the_key_with_it()
    {
        await _store.SortedSetAddAsync("k", "m", 1, Token);
        Assert.Equal(new SortedSetEntry("m", 1), await _store.SortedSetPopMaxAsync("k", Token));
        await _store.SetAsync("k", "text", Token);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await _store.SortedSetAddAsync("k", "m", 1, Token));
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_scores_and_order_as_they_were()
    {
        await _store.SetAsync("{k}text", "x", Token);
        await _store.SortedSetAddAsync("k", [new("a", 1), new("b", 2), new("c", 3)], Token);
        var before = await _store.SortedSetRangeWithScoresAsync("k", RankRange.All, cancellationToken: Token);
        var batch = new AtomicBatch();
        batch.Add(SortedSets.Add("k", "a", 9));
        batch.Add(SortedSets.Remove("k", "b"));
        batch.Add(SortedSets.Add("k", "d", 0));
        batch.Add(SortedSets.RemoveRange("k", RankRange.All));
        batch.Add(SortedSets.Add("k", "e", 5));
        batch.Add(Strings.Increment("{k}text"));
        Assert.False((await _store.CommitAsync(batch, Token)).IsCommitted);
        Assert.Equal(before, await _store.SortedSetRangeWithScoresAsync("k", RankRange.All, cancellationToken: Token));
        Assert.Equal(1, await _store.SortedSetRankAsync("k", "b", cancellationToken: Token));
    }

    [Fact]
    public async Task A_scan_meets_everything_that_stays()
    {
        await _store.SortedSetAddAsync("k", [.. Enumerable.Range(0, 100).Select(i => new SortedSetEntry(i.ToString(CultureInfo.InvariantCulture), i))], Token);
        var seen = new HashSet<StoreValue>();
        var cursor = 0UL;
        do
        {
            var page = await _store.SortedSetScanAsync("k", cursor, count: 7, cancellationToken: Token);
            seen.UnionWith(page.Items.Select(item => item.Member));
            await _store.SortedSetRemoveAsync("k", page.Items[0].Member, Token);
            cursor = page.Cursor;
        }
        while (cursor != 0);

        Assert.Equal(100, seen.Count);
    }
}
