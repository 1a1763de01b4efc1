using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

// The expected numbers are a Redis 7.0 server's.
public sealed class GeoTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Places_are_kept_as_a_server_keeps_them()
    {
        await AddTownsAsync();
        Assert.Equal(3479099956230698, await _store.SortedSetScoreAsync("k", "Palermo", Token));
        Assert.Equal(["sqc8b49rny0", "sqdtr74hyu0"], await _store.GeoHashesAsync("k", ["Palermo", "Catania"], Token));
        var position = Assert.Single(await _store.GeoPositionsAsync("k", ["Palermo"], Token))!.Value;
        Assert.Equal(13.36138933897018433, position.Longitude);
        Assert.Equal(38.11555639549629859, position.Latitude);
        Assert.Equal(166.2742, await _store.GeoDistanceAsync("k", "Palermo", "Catania", GeoUnit.Kilometers, Token));
        Assert.Null(await _store.GeoDistanceAsync("k", "Palermo", "Atlantis", cancellationToken: Token));
    }

    [Fact]
    public async Task Searches_find_what_lies_within()
    {
        await AddTownsAsync();
        var box = GeoShape.Box(400, 400, GeoUnit.Kilometers);
        var found = await _store.GeoSearchWithDetailsAsync("k", new GeoPosition(15, 37), box, GeoDetails.Distance, Order.Ascending, cancellationToken: Token);
        Assert.Equal([new("Catania", 56.4413, null, null), new("Palermo", 190.4424, null, null)], found);
        var circle = GeoShape.Circle(100, GeoUnit.Kilometers);
        Assert.Equal(["Catania"], await _store.GeoSearchAsync("k", new GeoPosition(15, 37), circle, cancellationToken: Token));
        Assert.Equal(["Palermo"], await _store.GeoSearchAsync("k", GeoOrigin.FromMember("Palermo"), circle, cancellationToken: Token));
        Assert.Equal(1, await _store.GeoSearchStoreAsync("near", "k", new GeoPosition(15, 37), box, limit: GeoLimit.Take(1), storeDistances: true, cancellationToken: Token));
        Assert.Equal(56.4413, Math.Round((await _store.SortedSetScoreAsync("near", "Catania", Token))!.Value, 4));
    }

    [Fact]
    public async Task A_member_on_the_edge_of_the_map_finds_itself()
    {
        await _store.GeoAddAsync("k", [new("edge", new GeoPosition(180, GeoPosition.MaxLatitude))], Token);
        Assert.Equal(["edge"], await _store.GeoSearchAsync("k", GeoOrigin.FromMember("edge"), GeoShape.Circle(1, GeoUnit.Kilometers), cancellationToken: Token));
    }

    [Fact]
    public async Task A_search_from_an_absent_member_fails()
    {
        await AddTownsAsync();
        await Assert.ThrowsAsync<ServerErrorException>(async () =>
            await _store.GeoSearchAsync("k", GeoOrigin.FromMember("Atlantis"), GeoShape.Circle(1, GeoUnit.Meters), cancellationToken: Token));
    }

    private ValueTask<long> AddTownsAsync() =>
        _store.GeoAddAsync("k", [new("Palermo", new(13.361389, 38.115556)), new("Catania", new(15.087269, 37.502669))], Token);
}
