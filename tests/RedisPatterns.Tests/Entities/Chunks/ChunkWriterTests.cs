using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Entities;

#pragma warning disable CA5394 // The dice must be repeatable, not secret.

public sealed class ChunkWriterTests : IAsyncDisposable
{
    private static readonly StoreKey Key = "{shop}:doc:d1";

    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryKeyValueStore _store;

    public ChunkWriterTests() => _store = new InMemoryKeyValueStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Parts_are_strings_below_the_entity_s_key_that_expire_until_they_are_committed()
    {
        var staged = await Chunked.StageAsync(_store, Key, "hello, world"u8.ToArray(), 5, cancellationToken: Token);
        var prefix = $"{{shop}}:doc:d1:{staged.Generation}:";
        Assert.Equal(new ChunkManifest(2, 0, 12, 5, 3, staged.Checksum, staged.Generation), staged);
        Assert.Equal([prefix + "0", prefix + "1", prefix + "2"], await NamesAsync());
        Assert.Equal(["hello", ", wor", "ld"], (await _store.GetManyAsync([prefix + "0", prefix + "1", prefix + "2"], Token)).Select(part => part.AsText()!));
        Assert.Equal(Chunked.StagedFor, (await _store.SendAsync(Keys.TimeToLive(prefix + "2"), Token)).Remaining);

        await Chunked.CommitAsync(_store, Key, staged, 7, TimeSpan.Zero, Token);
        _time.Advance(Chunked.StagedFor);
        Assert.Equal(["{shop}:doc:d1", prefix + "0", prefix + "1", prefix + "2"], await NamesAsync());
    }

    [Fact]
    public async Task An_empty_content_has_no_parts()
    {
        await using var writer = new ChunkWriter(_store, "doc", Key, 5, Chunked.StagedFor);
        await writer.WriteAsync(ReadOnlyMemory<byte>.Empty, Token);
        var manifest = await writer.CompleteAsync(1, Token);
        Assert.Equal(new ChunkManifest(1, 0, 0, 5, 0, 0, manifest.Generation), manifest);
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_caller_may_use_its_buffer_again_at_once()
    {
        await using var writer = new ChunkWriter(_store, "doc", Key, 4, Chunked.StagedFor);
        var buffer = new byte[4];
        for (byte i = 0; i < 3; i++)
        {
            buffer.AsSpan().Fill(i);
            await writer.WriteAsync(buffer, Token);
        }

        var manifest = await writer.CompleteAsync(1, Token);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], (await ChunkReader.ReadAllAsync(_store, manifest, Key, cancellationToken: Token)).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Asynchronous_writes_wait_while_as_many_parts_as_allowed_are_unanswered(int maximum)
    {
        var traffic = new PartTrafficStore(_store, holds: true);
        // Not disposed: that waits for the answers, and a test that fails gives none.
        var writer = new ChunkWriter(traffic, "doc", Key, 10, Chunked.StagedFor, maximum);
        var content = Chunked.Content(200);
        var writing = WriteAsync();
        Assert.False(writing.IsCompleted);
        Assert.Equal(maximum, traffic.Unanswered);
        while (!writing.IsCompleted)
        {
            traffic.Release();
            await Task.Yield();
        }

        Assert.Equal(content, (await ChunkReader.ReadAllAsync(_store, await writing, Key, cancellationToken: Token)).ToArray());
        Assert.Equal(maximum, traffic.GreatestUnanswered);

        async Task<ChunkManifest> WriteAsync()
        {
            await writer.WriteAsync(content, Token);
            return await writer.CompleteAsync(1, Token);
        }
    }

    [Fact]
    public async Task Synchronous_writes_never_wait_and_keep_the_limit_too()
    {
        var traffic = new PartTrafficStore(_store, holds: true);
        // Not disposed: that waits for the answers, and a test that fails gives none.
        var writer = new ChunkWriter(traffic, "doc", Key, 10, Chunked.StagedFor, 3);
        var content = Chunked.Content(205);
        foreach (var slice in content.Chunk(7))
        {
            writer.Write(slice, 0, slice.Length);
            writer.Flush();
        }

        Assert.Equal(3, traffic.Unanswered);
        var completing = writer.CompleteAsync(1, Token).AsTask();
        while (!completing.IsCompleted)
        {
            traffic.Release();
            await Task.Yield();
        }

        Assert.Equal(content, (await ChunkReader.ReadAllAsync(_store, await completing, Key, cancellationToken: Token)).ToArray());
        Assert.Equal(3, traffic.GreatestUnanswered);
    }

    [Fact]
    public async Task Memory_holds_the_unanswered_parts_and_one_more_whatever_the_length()
    {
        var traffic = new PartTrafficStore(_store, forgets: true);
        await using var writer = new ChunkWriter(traffic, "doc", Key, 100_000, Chunked.StagedFor, 3);
        var slice = Chunked.Content(70_000);
        for (var i = 0; i < 100; i++)
        {
            await writer.WriteAsync(slice, Token);
        }

        Assert.Equal(70, (await writer.CompleteAsync(1, Token)).PartCount);
        Assert.InRange(traffic.GreatestAlive, 1, 3 + PartTrafficStore.Slack);
    }

    [Theory]
    [InlineData(10, 25, 25)]
    [InlineData(2, long.MaxValue, 8_192)]
    public async Task More_than_the_greatest_length_or_number_of_parts_is_refused_and_nothing_is_left(int partSize, long maximumLength, int allowed)
    {
        await using (var writer = new ChunkWriter(_store, "doc", Key, partSize, Chunked.StagedFor, maximumLength: maximumLength))
        {
            await writer.WriteAsync(Chunked.Content(allowed), Token);
            var error = await Assert.ThrowsAsync<EntityTooLargeException>(async () => await writer.WriteAsync(new byte[1], Token));
            Assert.Equal(("doc", (long)allowed), (error.Model, error.MaximumBytes));
            Assert.Throws<EntityTooLargeException>(() => writer.WriteByte(0));
            await Assert.ThrowsAsync<EntityTooLargeException>(async () => await writer.CompleteAsync(1, Token));
        }

        Assert.Empty(await NamesAsync());
        await using var exact = new ChunkWriter(_store, "doc", Key, partSize, Chunked.StagedFor, maximumLength: maximumLength);
        await exact.WriteAsync(Chunked.Content(allowed), Token);
        Assert.Equal(allowed, (await exact.CompleteAsync(1, Token)).Length);
    }

    [Fact]
    public async Task A_writer_abandoned_between_any_two_parts_leaves_the_old_content_and_keys_that_expire()
    {
        var old = Chunked.Content(33, 1);
        await Chunked.WriteAsync(_store, Key, old, 10, cancellationToken: Token);
        var before = await NamesAsync();
        for (var parts = 0; parts <= 5; parts++)
        {
            var writer = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor);
            await writer.WriteAsync(Chunked.Content((10 * parts) + 3, 2), Token);

            var staged = (await NamesAsync()).Except(before).ToArray();
            Assert.Equal(parts, staged.Length);
            foreach (var key in staged)
            {
                Assert.NotNull((await _store.SendAsync(Keys.TimeToLive(key), Token)).Remaining);
            }

            Assert.Equal(old, (await ChunkReading.ReadAsync(_store, Key, Token))!.Value.Content.ToArray());
            _time.Advance(Chunked.StagedFor);
            Assert.Equal(before, await NamesAsync());
        }
    }

    [Fact]
    public async Task A_writer_disposed_before_it_is_complete_deletes_its_parts()
    {
        await using (var writer = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor))
        {
            await writer.WriteAsync(new byte[55], Token);
            Assert.Equal(5, (await NamesAsync()).Length);
        }

        Assert.Empty(await NamesAsync());

#pragma warning disable CA1849 // The synchronous way is what is tested.
        using (var writer = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor))
        {
            writer.Write(new byte[55]);
        }
#pragma warning restore CA1849

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Parts_of_a_complete_writer_stay_unless_they_are_discarded()
    {
        var writer = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor);
        await writer.WriteAsync(new byte[55], Token);
        await writer.CompleteAsync(1, Token);
        await writer.DisposeAsync();
        Assert.Equal(6, (await NamesAsync()).Length);
        await writer.DiscardAsync();
        Assert.Empty(await NamesAsync());
    }

    [Theory]
    [InlineData(ChaosFault.BeforeSend)]
    [InlineData(ChaosFault.AfterEffect)]
    public async Task A_part_that_fails_ends_the_writer_with_its_error_and_nothing_is_left(ChaosFault fault)
    {
        for (var part = 1; part <= 6; part++)
        {
            var chaos = new ChaosStore(_store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, Operations = ChaosOperations.Writes, AtCall = part }] }, ownsInner: false);
            var error = await Record.ExceptionAsync(() => Chunked.StageAsync(chaos, Key, Chunked.Content(55), 10, cancellationToken: Token));
            Assert.Equal(fault == ChaosFault.BeforeSend ? typeof(StoreConnectionException) : typeof(StoreTimeoutException), error?.GetType());
            Assert.Empty(await NamesAsync());
        }
    }

    [Fact]
    public async Task When_the_parts_can_not_be_deleted_either_the_first_error_is_seen_and_they_expire()
    {
        ChaosRule[] rules = [.. Enumerable.Range(3, 10).Select(call => new ChaosRule { Fault = ChaosFault.BeforeSend, Operations = ChaosOperations.Writes, AtCall = call })];
        var chaos = new ChaosStore(_store, new ChaosOptions { Rules = rules }, ownsInner: false);
        await Assert.ThrowsAsync<StoreConnectionException>(() => Chunked.StageAsync(chaos, Key, Chunked.Content(55), 10, cancellationToken: Token));
        Assert.Equal(2, (await NamesAsync()).Length);
        _time.Advance(Chunked.StagedFor);
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_writer_that_is_cancelled_or_failed_or_complete_takes_nothing_more()
    {
        using var cancelled = new CancellationTokenSource();
        await using var writer = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor);
        await writer.WriteAsync(new byte[15], Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.WriteAsync(new byte[5], cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.CompleteAsync(1, Token));

        await using var complete = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor);
        await complete.CompleteAsync(1, Token);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await complete.WriteAsync(new byte[5], Token));
        await complete.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await complete.WriteAsync(new byte[5], Token));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkWriter(_store, "doc", Key, 0, Chunked.StagedFor));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkWriter(_store, "doc", Key, ChunkManifest.MaximumPartSize + 1, Chunked.StagedFor));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkWriter(_store, "doc", Key, 10, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor, 0));
        await using var writer = new ChunkWriter(_store, "doc", Key, 10, Chunked.StagedFor);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await writer.CompleteAsync(-1, Token));
    }

    private async Task<string[]> NamesAsync() =>
        [.. (await _store.ScanKeysAsync(cancellationToken: Token).Select(key => key.ToString()).ToArrayAsync(Token)).Order(StringComparer.Ordinal)];
}
