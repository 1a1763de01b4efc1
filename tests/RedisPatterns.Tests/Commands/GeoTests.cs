using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class GeoTests
{
    private static readonly StoreKey K = "k";
    private static readonly GeoPosition Rome = new(12.5, 41.9);
    private static readonly GeoShape Circle = GeoShape.Circle(5, GeoUnit.Kilometers);

    public static TheoryData<string, StoreCommand> Forms => new()
    {
        { "GEOADD @k 12.5 41.9 m", Geo.Add(K, new GeoEntry("m", Rome)) },
        { "GEOADD @k NX 12.5 41.9 m 12.5 41.9 n", Geo.Add(K, GeoWhen.Absent, new GeoEntry("m", Rome), new GeoEntry("n", Rome)) },
        { "GEOADD @k XX CH 12.5 41.9 m", Geo.AddOrUpdate(K, GeoWhen.Exists, new GeoEntry("m", Rome)) },
        { "GEOADD @k CH 12.5 41.9 m", Geo.AddOrUpdate(K, GeoWhen.Always, new GeoEntry("m", Rome)) },
        { "GEODIST @k a b m", Geo.Distance(K, "a", "b") },
        { "GEODIST @k a b mi", Geo.Distance(K, "a", "b", GeoUnit.Miles) },
        { "GEOHASH @k a b", Geo.Hashes(K, "a", "b") },
        { "GEOPOS @k a", Geo.Positions(K, "a") },
        { "GEOSEARCH @k FROMMEMBER a BYRADIUS 5 km", Geo.Search(K, GeoOrigin.FromMember("a"), Circle) },
        { "GEOSEARCH @k FROMLONLAT 12.5 41.9 BYBOX 1 2 ft ASC COUNT 3", Geo.Search(K, Rome, GeoShape.Box(1, 2, GeoUnit.Feet), Order.Ascending, GeoLimit.Take(3)) },
        { "GEOSEARCH @k FROMMEMBER a BYRADIUS 5 km DESC COUNT 3 ANY", Geo.Search(K, GeoOrigin.FromMember("a"), Circle, Order.Descending, GeoLimit.Any(3)) },
        { "GEOSEARCH @k FROMMEMBER a BYRADIUS 5 km WITHDIST WITHHASH WITHCOORD", Geo.SearchWithDetails(K, GeoOrigin.FromMember("a"), Circle, GeoDetails.All) },
        { "GEOSEARCH @k FROMMEMBER a BYRADIUS 5 km", Geo.SearchWithDetails(K, GeoOrigin.FromMember("a"), Circle, GeoDetails.None) },
        { "GEOSEARCHSTORE @d @k FROMMEMBER a BYRADIUS 5 km ASC COUNT 1", Geo.SearchStore("d", K, GeoOrigin.FromMember("a"), Circle, Order.Ascending, GeoLimit.Take(1)) },
        { "GEOSEARCHSTORE @d @k FROMMEMBER a BYRADIUS 5 km STOREDIST", Geo.SearchStore("d", K, GeoOrigin.FromMember("a"), Circle, storeDistances: true) },
    };

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void Commands_have_the_form_that_the_server_expects(string expected, StoreCommand command) => Wire.Is(expected, command);

    [Fact]
    public void Options_before_the_triples_move_the_place_where_a_command_may_be_cut()
    {
        var entry = new GeoEntry("m", Rome);
        Assert.Equal((1, 3), Cut(Geo.Add(K, entry)));
        Assert.Equal((2, 3), Cut(Geo.Add(K, GeoWhen.Absent, entry)));
        Assert.Equal((3, 3), Cut(Geo.AddOrUpdate(K, GeoWhen.Exists, entry)));

        static (int From, int Step) Cut(StoreCommand command) => (command.Definition.RepeatFrom, command.Definition.RepeatStep);
    }

    [Theory]
    [InlineData(180.1, 0)]
    [InlineData(-180.1, 0)]
    [InlineData(0, 85.06)]
    [InlineData(0, -85.06)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    public void Places_that_can_not_be_stored_are_refused(double longitude, double latitude) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeoPosition(longitude, latitude));

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Geo.Add(K));
        Assert.Throws<ArgumentException>(() => Geo.Hashes(K));
        Assert.Throws<ArgumentException>(() => Geo.Positions(K));
        Assert.Throws<ArgumentException>(() => GeoOrigin.FromMember(StoreValue.Null));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeoShape.Circle(-1, GeoUnit.Meters));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeoShape.Box(1, double.PositiveInfinity, GeoUnit.Meters));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeoLimit.Take(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Geo.Distance(K, "a", "b", (GeoUnit)9));
    }

    [Fact]
    public void Details_are_read_in_the_order_in_which_the_server_sends_them()
    {
        var reply = StoreReply.Array(StoreReply.Array(
            Text("m"), Text("1.5"), StoreReply.Integer(42), StoreReply.Array(Text("12.5"), Text("41.9"))));
        var reader = Geo.SearchWithDetails(K, GeoOrigin.FromMember("a"), Circle, GeoDetails.All).Reader;
        Assert.Equal(new GeoMatch("m", 1.5, 42, Rome), Assert.Single(reader(reply)));
        var names = Geo.SearchWithDetails(K, GeoOrigin.FromMember("a"), Circle, GeoDetails.None).Reader;
        Assert.Equal(new GeoMatch("m", null, null, null), Assert.Single(names(StoreReply.Array(Text("m")))));
        Assert.Throws<UnexpectedReplyException>(() => reader(StoreReply.Array(Text("m"))));
    }

    private static StoreReply Text(StoreValue value) => StoreReply.FromValue(value);
}
