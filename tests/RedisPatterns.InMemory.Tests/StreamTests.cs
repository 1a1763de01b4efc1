using RedisPatterns.Commands;
using RedisPatterns.Testing;

namespace RedisPatterns.InMemory.Tests;

public sealed class StreamTests : IAsyncDisposable
{
    private static readonly KeyValuePair<StoreValue, StoreValue>[] Fields = [new("f", "v")];

    private readonly ManualTimeProvider _clock;
    private readonly InMemoryKeyValueStore _store;

    public StreamTests()
    {
        _clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        _store = new InMemoryKeyValueStore(_clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Ids_follow_the_clock_and_never_go_back()
    {
        Assert.Equal(new StreamId(1_000_000, 0), await _store.StreamAddAsync("k", Fields, Token));
        Assert.Equal(new StreamId(1_000_000, 1), await _store.StreamAddAsync("k", Fields, Token));
        await _store.StreamAddAsync("k", new StreamId(2_000_000, 7), Fields, cancellationToken: Token);
        Assert.Equal(new StreamId(2_000_000, 8), await _store.StreamAddAsync("k", Fields, Token));
        await Assert.ThrowsAsync<StreamIdException>(async () => await _store.StreamAddAsync("k", new StreamId(2_000_000, 8), Fields, cancellationToken: Token));
        Assert.Equal(4, await _store.StreamLengthAsync("k", Token));
    }

    [Fact]
    public async Task A_delivered_entry_is_pending_until_it_is_acknowledged()
    {
        await AddAsync(1, 2, 3);
        await _store.StreamCreateGroupAsync("k", "g", StreamId.Zero, cancellationToken: Token);
        var read = await _store.StreamReadGroupAsync("k", "g", "c1", 2, cancellationToken: Token);
        Assert.Equal([Id(1), Id(2)], read.Select(entry => entry.Id));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await _store.StreamAcknowledgeAsync("k", "g", [Id(1), Id(9)], Token));
        var pending = Assert.Single(await _store.StreamPendingAsync("k", "g", StreamRange.All, 10, cancellationToken: Token));
        Assert.Equal(new PendingEntry(Id(2), "c1", TimeSpan.FromSeconds(5), 1), pending);
        var group = Assert.Single(await _store.StreamGroupsAsync("k", Token));
        Assert.Equal(new StreamGroupInfo("g", 1, 1, Id(2), 2, 1), group);
    }

    [Fact]
    public async Task Idle_entries_are_claimed_and_lost_ones_are_reported()
    {
        await AddAsync(1, 2, 3);
        await _store.StreamCreateGroupAsync("k", "g", StreamId.Zero, cancellationToken: Token);
        await _store.StreamReadGroupAsync("k", "g", "c1", cancellationToken: Token);
        await _store.StreamDeleteAsync("k", [Id(2)], Token);
        var minute = TimeSpan.FromMinutes(1);
        Assert.Empty((await _store.StreamAutoClaimAsync("k", "g", "c2", minute, Id(3), cancellationToken: Token)).Claimed);
        _clock.Advance(minute);
        var claimed = await _store.StreamAutoClaimAsync("k", "g", "c2", minute, cancellationToken: Token);
        Assert.Equal([Id(1), Id(3)], claimed.Claimed.Select(entry => entry.Id));
        Assert.Equal([Id(2)], claimed.Deleted);
        Assert.Equal(StreamId.Zero, claimed.Next);
        var summary = await _store.StreamPendingAsync("k", "g", Token);
        Assert.Equal([new KeyValuePair<StoreValue, long>("c2", 2)], summary.Consumers);
    }

    [Fact]
    public async Task Approximate_trimming_removes_whole_nodes_of_a_hundred()
    {
        await AddAsync([.. Enumerable.Range(1, 250)]);
        Assert.Equal(0, await _store.StreamTrimAsync("k", StreamTrim.MaxLength(151).Approximately(), Token));
        Assert.Equal(100, await _store.StreamTrimAsync("k", StreamTrim.MaxLength(140).Approximately(), Token));
        Assert.Equal(10, await _store.StreamTrimAsync("k", StreamTrim.MaxLength(140), Token));
        Assert.Equal(Id(111), (await _store.StreamInfoAsync("k", Token)).First!.Id);
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_stream_and_groups_as_they_were()
    {
        await AddAsync([.. Enumerable.Range(1, 120)]);
        await _store.SetAsync("{k}text", "x", Token);
        await _store.StreamCreateGroupAsync("k", "g", StreamId.Zero, cancellationToken: Token);
        await _store.StreamReadGroupAsync("k", "g", "c1", 5, cancellationToken: Token);
        var before = await DescribeAsync();
        var batch = new AtomicBatch();
        batch.Add(Streams.Acknowledge("k", "g", Id(1), Id(3)));
        batch.Add(Streams.ReadGroup("k", "g", "c2", 3));
        batch.Add(Streams.ClaimIds("k", "g", "c3", default, [Id(2)]));
        batch.Add(Streams.Delete("k", Id(50), Id(120)));
        batch.Add(Streams.Trim("k", StreamTrim.MaxLength(10)));
        batch.Add(Streams.Add("k", Id(500), Fields));
        batch.Add(Streams.DeleteConsumer("k", "g", "c1"));
        batch.Add(Streams.CreateGroup("k", "g2"));
        batch.Add(Streams.DestroyGroup("k", "g"));
        batch.Add(Strings.Increment("{k}text"));
        Assert.False((await _store.CommitAsync(batch, Token)).IsCommitted);
        Assert.Equal(before, await DescribeAsync());
    }

    private static StreamId Id(int milliseconds) => new((ulong)milliseconds, 0);

    private async Task AddAsync(params int[] ids)
    {
        foreach (var id in ids)
        {
            await _store.StreamAddAsync("k", Id(id), Fields, cancellationToken: Token);
        }
    }

    private async Task<string> DescribeAsync()
    {
        var entries = await _store.StreamRangeAsync("k", StreamRange.All, cancellationToken: Token);
        var info = await _store.StreamInfoAsync("k", Token);
        var groups = await _store.StreamGroupsAsync("k", Token);
        var consumers = await _store.StreamConsumersAsync("k", "g", Token);
        var pending = await _store.StreamPendingAsync("k", "g", StreamRange.All, 100, cancellationToken: Token);
        return string.Join('|', string.Join(',', entries.Select(entry => entry.Id)), info.LastId, info.MaxDeletedId, info.EntriesAdded,
            string.Join(',', groups.Select(group => group)), string.Join(',', consumers.Select(consumer => consumer)), string.Join(',', pending));
    }
}
