using RedisPatterns.Commands;
using RedisPatterns.Tests.Entities;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Contents in parts, on servers.</summary>
public sealed class ChunkTests(RedisFixture fixture)
{
    private readonly StoreKey _key = RedisFixture.NewTag() + ":doc:d1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(4_096, 1)]
    [InlineData(ChunkReading.MaximumBytesAtOnce, 65_536)]
    [InlineData(ChunkReading.MaximumBytesAtOnce + 1, 65_536)]
    [InlineData(5_000_000, 4_096)]
    public async Task What_was_written_is_read_with_and_without_scripts(int length, int partSize)
    {
        await using var store = await fixture.ConnectAsync();
        await using var plain = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = false });
        var content = Chunked.Content(length);
        await Chunked.WriteAsync(store, _key, Chunked.Content(1_000, 2), 100, cancellationToken: Cancellation);
        var manifest = await Chunked.WriteAsync(store, _key, content, partSize, 2, cancellationToken: Cancellation);
        await AssertReadsAsync(store, manifest, content);
        await AssertReadsAsync(plain, manifest, content);
        Assert.Equal(manifest.ToString(), await fixture.Truth.TextAsync("GET", _key.ToString()));
        Assert.Equal(1 + manifest.PartCount, (await fixture.Truth.ListAsync("KEYS", _key + "*")).Count);
    }

    [Fact]
    public async Task Sixty_four_megabytes_are_written_and_read()
    {
        await using var store = await fixture.ConnectAsync();
        var content = Chunked.Content(64 * 1024 * 1024);
        ChunkManifest manifest;
        await using (var writer = new ChunkWriter(store, "doc", _key, 512 * 1024, Chunked.StagedFor))
        {
            await writer.WriteAsync(content, Cancellation);
            manifest = await writer.CompleteAsync(1, Cancellation);
        }

        Assert.Equal(128, manifest.PartCount);
        manifest = await Chunked.CommitAsync(store, _key, manifest, 1, TimeSpan.Zero, Cancellation);
        await AssertReadsAsync(store, manifest, content);
        await fixture.Truth.SendAsync(["UNLINK", _key.ToString(), .. Chunked.Parts(_key, manifest).Select(part => part.ToString())]);
    }

    [Fact]
    public async Task A_short_content_is_one_round_trip_and_a_short_write_one_for_each_part()
    {
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        await Chunked.WriteAsync(store, _key, Chunked.Content(250), 100, cancellationToken: Cancellation);
        await ChunkReading.ReadAsync(store, _key, Cancellation);
        var reading = await proxy.CountAsync(async () => await ChunkReading.ReadAsync(store, _key, Cancellation));
        Assert.Single(reading.Names);
        var writing = await proxy.CountAsync(async () => await Chunked.StageAsync(store, _key, Chunked.Content(250), 100, cancellationToken: Cancellation));
        Assert.Equal(["SET", "SET", "SET"], writing.Names);
    }

    [Fact]
    public async Task Parts_that_are_not_committed_expire_and_those_of_a_writer_that_gave_up_are_gone()
    {
        await using var store = await fixture.ConnectAsync();
        var staged = await Chunked.StageAsync(store, _key, Chunked.Content(250), 100, cancellationToken: Cancellation);
        foreach (var part in Chunked.Parts(_key, staged))
        {
            Assert.InRange(await fixture.Truth.IntegerAsync("PTTL", part.ToString()), 1, (long)Chunked.StagedFor.TotalMilliseconds);
        }

        await fixture.Truth.SendAsync(["UNLINK", .. Chunked.Parts(_key, staged).Select(part => part.ToString())]);
        await using (var writer = new ChunkWriter(store, "doc", _key, 100, Chunked.StagedFor, maximumLength: 250))
        {
            await writer.WriteAsync(Chunked.Content(250), Cancellation);
            await Assert.ThrowsAsync<EntityTooLargeException>(async () => await writer.WriteAsync(new byte[1], Cancellation));
        }

        Assert.Empty(await fixture.Truth.ListAsync("KEYS", _key + "*"));
    }

    [Fact]
    public async Task Damage_is_found_out_by_the_script_as_by_plain_reads()
    {
        await using var store = await fixture.ConnectAsync();
        await using var plain = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = false });
        var manifest = await Chunked.WriteAsync(store, _key, Chunked.Content(25), 10, cancellationToken: Cancellation);
        var part = Chunked.Parts(_key, manifest).ElementAt(1).ToString();
        (string[] Command, ChunkReadFailure Failure)[] damages =
        [
            (["SETRANGE", part, "3", "x"], ChunkReadFailure.Corrupt),
            (["APPEND", part, "x"], ChunkReadFailure.Corrupt),
            (["SET", part, ""], ChunkReadFailure.Corrupt),
            (["DEL", part], ChunkReadFailure.MissingPart),
            (["LPUSH", part, "x"], ChunkReadFailure.Corrupt),
            (["SET", _key.ToString(), "chunks/2;v=1"], ChunkReadFailure.NotAManifest),
        ];
        foreach (var (command, failure) in damages)
        {
            await fixture.Truth.SendAsync(command);
            foreach (var reader in (IKeyValueStore[])[store, plain])
            {
                Assert.Equal(failure, (await Assert.ThrowsAsync<ChunkReadException>(async () => await ChunkReading.ReadAsync(reader, _key, Cancellation))).Failure);
            }
        }

        await fixture.Truth.IntegerAsync("DEL", _key.ToString());
        Assert.Null(await ChunkReading.ReadAsync(store, _key, Cancellation));
        Assert.Null(await ChunkReading.ReadAsync(plain, _key, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Readers_see_a_whole_content_while_writers_replace_it(bool scripts)
    {
        // The script reads manifest and parts from one moment; without it, it is the grace that keeps the parts.
        var grace = scripts ? TimeSpan.Zero : TimeSpan.FromMinutes(5);
        await using var store = await fixture.ConnectAsync();
        await using var reader = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = scripts });
        await Chunked.WriteAsync(store, _key, Chunked.Content(2_000, 1), 300, 1, cancellationToken: Cancellation);
        using var written = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Task.WhenAll(ReadAsync(), ReadAsync(), WriteAsync());

        async Task WriteAsync()
        {
            try
            {
                for (var version = 2; version <= 200; version++)
                {
                    await Chunked.WriteAsync(store, _key, Chunked.Content(1_900 + version, version), 300, version, grace: grace, cancellationToken: Cancellation);
                }
            }
            finally
            {
                await written.CancelAsync();
            }
        }

        async Task ReadAsync()
        {
            for (long seen = 0; !written.IsCancellationRequested;)
            {
                var (manifest, content) = (await ChunkReading.ReadAsync(reader, _key, Cancellation))!.Value;
                Assert.InRange(manifest.Version, seen, 200);
                seen = manifest.Version;
                Assert.Equal(Chunked.Content(seen == 1 ? 2_000 : 1_900 + (int)seen, (int)seen), content.ToArray());
            }
        }
    }

    private async Task AssertReadsAsync(IKeyValueStore store, ChunkManifest manifest, byte[] content)
    {
        var read = (await ChunkReading.ReadAsync(store, _key, Cancellation))!.Value;
        Assert.Equal(manifest, read.Manifest);
        Assert.True(read.Content.Span.SequenceEqual(content));
        Assert.True((await Chunked.ReadStreamAsync(store, manifest, _key, cancellationToken: Cancellation)).AsSpan().SequenceEqual(content));
    }
}
