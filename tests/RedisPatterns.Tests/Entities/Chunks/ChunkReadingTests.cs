using System.Text.Json;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Entities;

#pragma warning disable CA5394 // The dice must be repeatable, not secret.

public sealed class ChunkReadingTests : IAsyncDisposable
{
    private static readonly StoreKey Key = "{shop}:doc:d1";

    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryKeyValueStore _store;
    private readonly InterruptedStore _plain;

    public ChunkReadingTests()
    {
        _store = new InMemoryKeyValueStore(_time);
        _plain = new InterruptedStore(_store, _ => Task.CompletedTask);
    }

    public static TheoryData<int, int> Sizes => new()
    {
        { 0, 100 }, { 1, 100 }, { 99, 100 }, { 100, 100 }, { 101, 100 }, { 200, 100 }, { 201, 100 }, { 1, 1 }, { 4_096, 1 },
        { ChunkReading.MaximumBytesAtOnce, 65_536 }, { ChunkReading.MaximumBytesAtOnce + 1, 65_536 }, { 5_000_000, 4_096 }, { 3_000_000, 1_000 },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_was_written_is_read_whole_and_as_a_stream(int length, int partSize)
    {
        var content = Chunked.Content(length);
        var manifest = await Chunked.WriteAsync(_store, Key, content, partSize, cancellationToken: Token);
        await AssertReadsAsync(manifest, content);
    }

    [Fact]
    public async Task What_was_written_is_read_whatever_the_sizes()
    {
        var random = new Random(20_260_101);
        for (var round = 0; round < 200; round++)
        {
            var content = Chunked.Content(random.Next(30_000), round);
            var partSize = random.Next(8, 5_000);
            var manifest = await Chunked.WriteAsync(_store, Key, content, partSize, round, random, cancellationToken: Token);
            Assert.Equal(round, manifest.Version);
            await AssertReadsAsync(manifest, content, random);
        }
    }

    [Fact]
    public async Task Nothing_is_null()
    {
        Assert.Null(await ChunkReading.ReadAsync(_store, Key, Token));
        Assert.Null(await ChunkReading.ReadAsync(_plain, Key, Token));
        Assert.Null(await ChunkReading.ReadManifestAsync(_store, Key, Token));
    }

    [Fact]
    public async Task A_short_content_is_one_round_trip()
    {
        await Chunked.WriteAsync(_store, Key, Chunked.Content(1_000), 100, cancellationToken: Token);
        var counting = new RoundTripCountingKeyValueStore(_store, ownsInner: false);
        await ChunkReading.ReadAsync(counting, Key, Token);
        Assert.Equal(1, counting.RoundTrips);
    }

    [Fact]
    public async Task A_serializer_writes_to_it_and_reads_from_it()
    {
        var numbers = Enumerable.Range(0, 100_000).ToArray();
        ChunkManifest manifest;
        await using (var writer = new ChunkWriter(_store, "doc", Key, 10_000, Chunked.StagedFor))
        {
            await JsonSerializer.SerializeAsync(writer, numbers, cancellationToken: Token);
            manifest = await writer.CompleteAsync(1, Token);
        }

        Assert.InRange(manifest.PartCount, 50, 100);
        await using var reader = new ChunkReader(_store, manifest, Key);
        Assert.Equal(numbers, await JsonSerializer.DeserializeAsync<int[]>(reader, cancellationToken: Token));
    }

    [Fact]
    public async Task At_most_as_many_parts_as_allowed_are_asked_for_ahead_and_held()
    {
        var content = Chunked.Content(40 * 100_000);
        var manifest = await Chunked.WriteAsync(_store, Key, content, 100_000, cancellationToken: Token);
        var traffic = new PartTrafficStore(_store);
        await using var reader = new ChunkReader(traffic, manifest, Key, 3);
        var buffer = new byte[30_000];
        long length = 0;
        int count;
        while ((count = await reader.ReadAsync(buffer, Token)) > 0)
        {
            length += count;
        }

        Assert.Equal(content.Length, length);
        Assert.Equal(40, traffic.Commands);
        Assert.InRange(traffic.GreatestUnanswered, 1, 3);
        Assert.InRange(traffic.GreatestAlive, 1, 3 + PartTrafficStore.Slack);

        var whole = new PartTrafficStore(_store);
        Assert.Equal(content, (await ChunkReader.ReadAllAsync(whole, manifest, Key, 2, Token)).ToArray());
        Assert.InRange(whole.GreatestUnanswered, 1, 2);
        Assert.InRange(whole.GreatestAlive, 1, 2 + PartTrafficStore.Slack);
    }

    [Fact]
    public async Task Parts_are_asked_for_ahead()
    {
        var manifest = await Chunked.WriteAsync(_store, Key, Chunked.Content(1_000), 100, cancellationToken: Token);
        var traffic = new PartTrafficStore(_store, holds: true);
        await using var reader = new ChunkReader(traffic, manifest, Key, 4);
        var reading = reader.ReadAsync(new byte[10], Token).AsTask();
        Assert.Equal(4, traffic.Unanswered);
        traffic.Release();
        Assert.Equal(10, await reading);
    }

    [Fact]
    public async Task Every_flipped_bit_cut_and_missing_part_is_found_out()
    {
        var content = Chunked.Content(13);
        var manifest = await Chunked.WriteAsync(_store, Key, content, 5, cancellationToken: Token);
        foreach (var part in Chunked.Parts(Key, manifest))
        {
            var good = (await _store.GetAsync(part, Token)).ToArray()!;
            foreach (var bad in Damaged(good).Append([.. good, 0]))
            {
                await _store.SetAsync(part, bad, Token);
                await AssertFailsAsync(manifest, ChunkReadFailure.Corrupt);
            }

            await _store.SendAsync(Keys.Delete(part), Token);
            await AssertFailsAsync(manifest, ChunkReadFailure.MissingPart);
            await _store.SendAsync(Hashes.Set(part, "field", "value"), Token);
            await AssertFailsAsync(manifest, ChunkReadFailure.Corrupt);
            await _store.SetAsync(part, good, Token);
        }

        await AssertReadsAsync(manifest, content);
    }

    [Fact]
    public async Task A_damaged_manifest_never_gives_another_content()
    {
        var content = Chunked.Content(13);
        var manifest = await Chunked.WriteAsync(_store, Key, content, 5, cancellationToken: Token);
        foreach (var bad in Damaged((await _store.GetAsync(Key, Token)).ToArray()!))
        {
            await _store.SetAsync(Key, bad, Token);
            foreach (var store in (IKeyValueStore[])[_store, _plain])
            {
                try
                {
                    var read = (await ChunkReading.ReadAsync(store, Key, Token))!.Value;
                    Assert.Equal(content, read.Content.ToArray());
                    Assert.Equal(manifest, read.Manifest with { Version = manifest.Version, Schema = manifest.Schema });
                }
                catch (ChunkReadException error)
                {
                    Assert.True(Enum.IsDefined(error.Failure));
                }
            }
        }
    }

    [Fact]
    public async Task Two_exchanged_parts_are_found_out()
    {
        var manifest = await Chunked.WriteAsync(_store, Key, Chunked.Content(15), 5, cancellationToken: Token);
        var parts = Chunked.Parts(Key, manifest).ToArray();
        var values = await _store.GetManyAsync(parts, Token);
        await _store.SetAsync(parts[0], values[1], Token);
        await _store.SetAsync(parts[1], values[0], Token);
        await AssertFailsAsync(manifest, ChunkReadFailure.Corrupt);
    }

    [Fact]
    public async Task What_is_no_manifest_is_refused()
    {
        await _store.SetAsync(Key, """{"id":"d1"}""", Token);
        foreach (var store in (IKeyValueStore[])[_store, _plain])
        {
            var error = await Assert.ThrowsAsync<ChunkReadException>(async () => await ChunkReading.ReadAsync(store, Key, Token));
            Assert.Equal(ChunkReadFailure.NotAManifest, error.Failure);
        }

        await _store.SendAsync(Keys.Delete(Key), Token);
        await _store.SendAsync(Hashes.Set(Key, "field", "value"), Token);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await ChunkReading.ReadAsync(_store, Key, Token));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await ChunkReading.ReadAsync(_plain, Key, Token));
    }

    [Fact]
    public async Task A_reader_goes_on_with_the_content_that_it_began_while_the_grace_of_its_parts_lasts()
    {
        var old = Chunked.Content(1_000, 1);
        var manifest = await Chunked.WriteAsync(_store, Key, old, 100, cancellationToken: Token);
        await using var reader = new ChunkReader(_store, manifest, Key, 2);
        var head = new byte[150];
        await reader.ReadExactlyAsync(head, Token);
        await Chunked.WriteAsync(_store, Key, Chunked.Content(1_000, 2), 100, 2, grace: TimeSpan.FromMinutes(1), cancellationToken: Token);
        var rest = new MemoryStream();
        await reader.CopyToAsync(rest, Token);
        Assert.Equal(old, head.Concat(rest.ToArray()));

        await using var late = new ChunkReader(_store, manifest, Key, 2);
        await late.ReadExactlyAsync(head, Token);
        _time.Advance(TimeSpan.FromMinutes(1));
        var error = await Assert.ThrowsAsync<ChunkReadException>(async () => await late.CopyToAsync(new MemoryStream(), Token));
        Assert.Equal(ChunkReadFailure.MissingPart, error.Failure);
        await Assert.ThrowsAsync<ChunkReadException>(async () => await late.ReadExactlyAsync(head, Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_content_that_is_replaced_without_grace_while_it_is_read_is_read_anew(int times)
    {
        var version = 1;
        await Chunked.WriteAsync(_store, Key, Chunked.Content(500, version), 100, version, cancellationToken: Token);
        var interrupted = new InterruptedStore(_store, async command =>
        {
            // Behind the manifest and before the first part.
            if (command[0].AsKey() != Key && version <= times)
            {
                version++;
                await Chunked.WriteAsync(_store, Key, Chunked.Content(500, version), 100, version, cancellationToken: Token);
            }
        });
        var read = (await ChunkReading.ReadAsync(interrupted, Key, Token))!.Value;
        Assert.InRange(read.Manifest.Version, 2, times + 1);
        Assert.Equal(Chunked.Content(500, (int)read.Manifest.Version), read.Content.ToArray());
    }

    [Fact]
    public async Task A_content_that_is_deleted_while_it_is_read_is_not_there()
    {
        var manifest = await Chunked.WriteAsync(_store, Key, Chunked.Content(500), 100, cancellationToken: Token);
        var interrupted = new InterruptedStore(_store, async command =>
        {
            if (command[0].AsKey() != Key)
            {
                await _store.SendAsync(Keys.Delete([Key, .. Chunked.Parts(Key, manifest)]), Token);
            }
        });
        Assert.Null(await ChunkReading.ReadAsync(interrupted, Key, Token));
    }

    [Fact]
    public async Task A_content_that_is_replaced_without_end_is_given_up()
    {
        var version = 1;
        await Chunked.WriteAsync(_store, Key, Chunked.Content(500), 100, cancellationToken: Token);
        var interrupted = new InterruptedStore(_store, async command =>
        {
            if (command[0].AsKey() != Key)
            {
                version++;
                await Chunked.WriteAsync(_store, Key, Chunked.Content(500, version), 100, version, cancellationToken: Token);
            }
        });
        var error = await Assert.ThrowsAsync<ChunkReadException>(async () => await ChunkReading.ReadAsync(interrupted, Key, Token));
        Assert.Equal(ChunkReadFailure.MissingPart, error.Failure);
        Assert.InRange(version, 8, 100);
    }

    [Fact]
    public async Task The_stream_is_asynchronous_and_reads_only()
    {
        var manifest = await Chunked.WriteAsync(_store, Key, Chunked.Content(10), 5, cancellationToken: Token);
        var reader = new ChunkReader(_store, manifest, Key);
        Assert.Equal((true, false, false), (reader.CanRead, reader.CanSeek, reader.CanWrite));
        Assert.Throws<NotSupportedException>(() => reader.ReadByte());
        Assert.Throws<NotSupportedException>(() => reader.WriteByte(1));
        await reader.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.ReadExactlyAsync(new byte[1], Token));
    }

    private static IEnumerable<byte[]> Damaged(byte[] good)
    {
        for (var bit = 0; bit < 8 * good.Length; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return bad;
        }

        for (var length = 0; length < good.Length; length++)
        {
            yield return good[..length];
        }
    }

    private async Task AssertReadsAsync(ChunkManifest manifest, byte[] content, Random? slices = null)
    {
        foreach (var store in (IKeyValueStore[])[_store, _plain])
        {
            var read = (await ChunkReading.ReadAsync(store, Key, Token))!.Value;
            Assert.Equal(manifest, read.Manifest);
            Assert.True(read.Content.Span.SequenceEqual(content));
        }

        Assert.Equal(manifest, await ChunkReading.ReadManifestAsync(_store, Key, Token));
        Assert.True((await ChunkReader.ReadAllAsync(_store, manifest, Key, cancellationToken: Token)).Span.SequenceEqual(content));
        Assert.True((await Chunked.ReadStreamAsync(_store, manifest, Key, slices, Token)).AsSpan().SequenceEqual(content));
    }

    private async Task AssertFailsAsync(ChunkManifest manifest, ChunkReadFailure failure)
    {
        Func<Task>[] reads =
        [
            async () => await ChunkReading.ReadAsync(_store, Key, Token),
            async () => await ChunkReading.ReadAsync(_plain, Key, Token),
            async () => await ChunkReader.ReadAllAsync(_store, manifest, Key, cancellationToken: Token),
            async () => await Chunked.ReadStreamAsync(_store, manifest, Key, cancellationToken: Token),
        ];
        foreach (var read in reads)
        {
            Assert.Equal(failure, (await Assert.ThrowsAsync<ChunkReadException>(read)).Failure);
        }
    }
}
