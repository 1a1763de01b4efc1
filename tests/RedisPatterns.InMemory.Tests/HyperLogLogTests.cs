using System.Globalization;
using System.Security.Cryptography;

namespace RedisPatterns.InMemory.Tests;

public sealed class HyperLogLogTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    // What Redis 7.0 holds after the same commands: the digest covers the header, the cached estimate and all registers.
    [Theory]
    [InlineData(0, 0, 18, "D9596E4BDA3ED904")]
    [InlineData(1, 1, 21, "C6D5612AF07AEDCE")]
    [InlineData(2, 2, 24, "57B0F1DDCCC53E82")]
    [InlineData(10, 10, 48, "19D845225A18C26C")]
    [InlineData(100, 99, 285, "4D4DEAF50866D5BD")]
    [InlineData(500, 502, 1050, "6A58435445BF0014")]
    [InlineData(1000, 997, 1897, "9229EE2252971BC5")]
    [InlineData(1500, 1500, 2722, "BD4C35F14F976219")]
    [InlineData(1700, 1706, 12304, "8FB092687DC92F54")]
    [InlineData(3000, 3002, 12304, "2A5CAE3AEF889381")]
    [InlineData(10000, 10017, 12304, "FC14718A301D9892")]
    [InlineData(100000, 100039, 12304, "96ADFA7CA3983AD6")]
    public async Task The_estimate_and_the_bytes_are_those_of_a_server(int elements, long estimate, int length, string digest)
    {
        await _store.HyperLogLogAddAsync("h", [], Token);
        await AddAsync("h", "element:", elements);
        Assert.Equal(estimate, await _store.HyperLogLogCountAsync(["h"], Token));
        Assert.Equal((length, digest), await DigestAsync("h"));
    }

    [Fact]
    public async Task A_merge_has_the_bytes_of_a_server()
    {
        await AddAsync("a", "a", 200);
        await AddAsync("b", "b", 200);
        Assert.Equal(401, await _store.HyperLogLogCountAsync(["a", "b"], Token));
        await _store.HyperLogLogMergeAsync("m", ["a", "b"], Token);
        Assert.Equal((867, "D8009B7989DA5C29"), await DigestAsync("m"));
        Assert.Equal(401, await _store.HyperLogLogCountAsync(["m"], Token));

        await AddAsync("h", "element:", 100_000);
        await _store.HyperLogLogMergeAsync("m", ["h"], Token);
        Assert.Equal((12304, "1CD4F13F441DFFB1"), await DigestAsync("m"));
        Assert.Equal(100_376, await _store.HyperLogLogCountAsync(["m"], Token));
    }

    [Fact]
    public async Task Adding_tells_whether_anything_changed()
    {
        Assert.True(await _store.HyperLogLogAddAsync("h", [], Token));
        Assert.False(await _store.HyperLogLogAddAsync("h", [], Token));
        Assert.True(await _store.HyperLogLogAddAsync("h", ["a"], Token));
        Assert.False(await _store.HyperLogLogAddAsync("h", ["a"], Token));
        Assert.Equal(0, await _store.HyperLogLogCountAsync(["none", "of", "these"], Token));
    }

    [Fact]
    public async Task A_string_that_is_none_is_refused()
    {
        await _store.SetAsync("s", "hello", Token);
        await _store.SetAddAsync("set", "a", Token);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await _store.HyperLogLogAddAsync("s", ["a"], Token));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await _store.HyperLogLogCountAsync(["h", "s"], Token));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await _store.HyperLogLogMergeAsync("m", ["s"], Token));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await _store.HyperLogLogAddAsync("set", ["a"], Token));
        Assert.False(await _store.ExistsAsync("m", Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_corrupt_one_is_refused_and_left_as_it_is(int cut)
    {
        await AddAsync("h", "element:", 50);
        var image = (await _store.GetAsync("h", Token)).AsMemory();
        StoreValue corrupt = cut == 0 ? image[..16] : image[..^cut];
        await _store.SetAsync("h", corrupt, Token);
        await Assert.ThrowsAsync<ServerErrorException>(async () => await _store.HyperLogLogCountAsync(["h"], Token));
        await Assert.ThrowsAsync<ServerErrorException>(
            async () => await _store.HyperLogLogAddAsync("h", [.. Enumerable.Range(0, 100_000).Select(i => (StoreValue)i)], Token));
        Assert.Equal(corrupt, await _store.GetAsync("h", Token));
    }

    [Fact]
    public async Task A_value_that_was_read_stays_as_it_was()
    {
        await AddAsync("h", "element:", 10_000);
        var before = await _store.GetAsync("h", Token);
        var digest = Convert.ToHexString(SHA256.HashData(before.AsMemory().Span));
        await AddAsync("h", "other:", 10_000);
        await _store.HyperLogLogCountAsync(["h"], Token);
        Assert.Equal(digest, Convert.ToHexString(SHA256.HashData(before.AsMemory().Span)));
    }

    private async Task AddAsync(string key, string prefix, int count)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(500))
        {
            await _store.HyperLogLogAddAsync(
                key, [.. part.Select(i => (StoreValue)(prefix + i.ToString(CultureInfo.InvariantCulture)))], Token);
        }
    }

    private async Task<(int Length, string Digest)> DigestAsync(string key)
    {
        var image = (await _store.GetAsync(key, Token)).AsMemory();
        return (image.Length, Convert.ToHexString(SHA256.HashData(image.Span))[..16]);
    }
}
