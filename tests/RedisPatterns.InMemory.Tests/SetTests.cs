using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

public sealed class SetTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(3, 3)]
    [InlineData(100, 10)]
    [InlineData(0, 0)]
    [InlineData(-25, 25)]
    public async Task Random_members_are_different_unless_asked_otherwise(int count, int expected)
    {
        await _store.SetAddAsync("k", [.. Members(10)], Token);
        var members = await _store.SetRandomMembersAsync("k", count, Token);
        Assert.Equal(expected, members.Length);
        Assert.All(members, member => Assert.Contains(member, Members(10)));
        Assert.Equal(Math.Min(Math.Max(count, 0), 10), count < 0 ? 0 : members.Distinct().Count());
        Assert.Equal(10, await _store.SetLengthAsync("k", Token));
    }

    [Fact]
    public async Task Every_member_has_its_chance()
    {
        await _store.SetAddAsync("k", [.. Members(10)], Token);
        var seen = new HashSet<StoreValue>();
        for (var i = 0; i < 1000; i++)
        {
            seen.UnionWith(await _store.SetRandomMembersAsync("k", 2, Token));
        }

        Assert.Equal(10, seen.Count);
    }

    [Fact]
    public async Task Popping_all_members_deletes_the_key()
    {
        await _store.SetAddAsync("k", [.. Members(10)], Token);
        var popped = (await _store.SetPopAsync("k", 4, Token)).Append(await _store.SetPopAsync("k", Token)).ToList();
        Assert.Equal(5, await _store.SetLengthAsync("k", Token));
        popped.AddRange(await _store.SetPopAsync("k", 100, Token));
        Assert.Equal(Members(10).Order(ByText), popped.Order(ByText));
        Assert.False(await _store.ExistsAsync("k", Token));
        Assert.True((await _store.SetPopAsync("k", Token)).IsNull);
    }

    [Fact]
    public async Task A_scan_meets_every_member_that_stays()
    {
        await _store.SetAddAsync("k", [.. Members(500)], Token);
        var seen = new HashSet<StoreValue>();
        var cursor = 0UL;
        do
        {
            var page = await _store.SetScanAsync("k", cursor, "1*", 7, Token);
            seen.UnionWith(page.Items);
            cursor = page.Cursor;
            await _store.SetRemoveAsync("k", $"2{seen.Count}", Token);
            await _store.SetAddAsync("k", $"new{seen.Count}", Token);
        }
        while (cursor != 0);
        Assert.Equal(Members(500).Where(member => member.ToString()[0] == '1').Order(ByText), seen.Order(ByText));
    }

    [Fact]
    public async Task Numbers_and_their_texts_are_one_member()
    {
        Assert.True(await _store.SetAddAsync("k", 5, Token));
        Assert.False(await _store.SetAddAsync("k", "5", Token));
        Assert.False(await _store.SetAddAsync("k", "5"u8.ToArray(), Token));
        Assert.True(await _store.SetContainsAsync("k", 5.0, Token));
    }

    [Fact]
    public async Task A_stored_result_replaces_what_was_there_or_deletes_it()
    {
        await _store.SetAddAsync("a", ["1", "2", "3"], Token);
        await _store.SetAddAsync("b", ["2", "3", "4"], Token);
        await _store.ListRightPushAsync("d", ["x"], Token);
        Assert.Equal(2, await _store.SetIntersectStoreAsync("d", ["a", "b"], Token));
        Assert.Equal(DataType.Set, await _store.TypeAsync("d", Token));
        Assert.Equal(1, await _store.SetDifferenceStoreAsync("a", ["a", "b"], Token));
        Assert.Equal(["1"], await _store.SetMembersAsync("a", Token));
        Assert.Equal(0, await _store.SetIntersectStoreAsync("d", ["a", "none"], Token));
        Assert.False(await _store.ExistsAsync("d", Token));
    }

    [Fact]
    public async Task A_refused_batch_leaves_sets_lists_and_strings_as_they_were()
    {
        await _store.SetAddAsync("{k}s", ["1", "2", "3"], Token);
        await _store.ListRightPushAsync("{k}l", ["a", "b", "a", "c"], Token);
        await _store.HyperLogLogAddAsync("{k}h", ["a"], Token);
        await _store.BitSetAsync("{k}b", 3, true, Token);
        var before = await DumpAsync();
        var batch = new AtomicBatch();
        batch.Add(Sets.Pop("{k}s", 2));
        batch.Add(Sets.Pop("{k}s"));
        batch.Add(Sets.Add("{k}s", "9"));
        batch.Add(Sets.UnionStore("{k}l", "{k}s"));
        batch.Add(Keys.Delete("{k}l"));
        batch.Add(Lists.RightPush("{k}l", "z"));
        batch.Add(Sets.Move("{k}s", "{k}t", "9"));
        batch.Add(HyperLogLogs.Add("{k}h", "b", "c"));
        batch.Add(HyperLogLogs.Count("{k}h"));
        batch.Add(HyperLogLogs.Merge("{k}m", "{k}h"));
        batch.Add(Bits.Set("{k}b", 100, true));
        batch.Add(Bits.Field("{k}b", BitFieldOperation.Set(BitFieldType.Signed(16), 0, -1)));
        batch.Add(Bits.Combine(BitOperation.Not, "{k}s", "{k}b"));
        batch.Add(Lists.Set("{k}l", 7, "out of range"));
        Assert.Equal(CommitStatus.CommandFailed, (await _store.CommitAsync(batch, Token)).Status);
        Assert.Equal(before, await DumpAsync());
        Assert.Equal(4, await _store.CountKeysAsync(Token));
    }

    private static Comparer<StoreValue> ByText { get; } = Comparer<StoreValue>.Create(static (x, y) => string.CompareOrdinal(x.ToString(), y.ToString()));

    private static IEnumerable<StoreValue> Members(int count) =>
        Enumerable.Range(0, count).Select(i => (StoreValue)i.ToString(CultureInfo.InvariantCulture));

    private async Task<string> DumpAsync() => string.Join(
        ' ',
        [
            .. (await _store.SetMembersAsync("{k}s", Token)).Order(ByText),
            "-",
            .. await _store.ListRangeAsync("{k}l", cancellationToken: Token),
            "-",
            Convert.ToHexString((await _store.GetAsync("{k}h", Token)).AsMemory().Span),
            Convert.ToHexString((await _store.GetAsync("{k}b", Token)).AsMemory().Span),
        ]);
}
