using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about geo indexes.</summary>
public sealed class GeoConformance : ConformanceSuite
{
    private static readonly GeoEntry Palermo = new("Palermo", new GeoPosition(13.361389, 38.115556));
    private static readonly GeoEntry Catania = new("Catania", new GeoPosition(15.087269, 37.502669));
    private static readonly GeoEntry Rome = new("Rome", new GeoPosition(12.4964, 41.9028));
    private static readonly GeoPosition Centre = new(15, 37);

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Places_are_added_and_moved),
        new(Distances_are_told_in_every_unit),
        new(Places_are_read_back),
        new(Geohashes_are_standard),
        new(A_circle_finds_what_is_within),
        new(A_box_finds_what_is_within),
        new(A_member_may_be_the_centre),
        new(Results_are_ordered_and_limited),
        new(Details_are_told_as_asked_for),
        new(Results_are_stored),
        new(An_absent_index_is_empty),
        new(Another_type_is_refused),
    ];

    private static async Task Places_are_added_and_moved(ConformanceContext c)
    {
        await c.Expect(Geo.Add(c.Key("g"), Palermo, Catania)).AnswersAsync(2);
        await c.Expect(Geo.Add(c.Key("g"), Palermo)).AnswersAsync(0);
        await c.Expect(Geo.AddOrUpdate(c.Key("g"), GeoWhen.Always, Palermo with { Position = Centre }, Rome)).AnswersAsync(2);
        await c.Expect(Geo.Add(c.Key("g"), GeoWhen.Absent, Palermo, new GeoEntry("x", Centre))).AnswersAsync(1);
        await c.Expect(Geo.Add(c.Key("g"), GeoWhen.Exists, new GeoEntry("y", Centre))).AnswersAsync(0);
        await c.Expect(SortedSets.Length(c.Key("g"))).AnswersAsync(4);
        await c.Expect(Keys.Type(c.Key("g"))).AnswersAsync(DataType.SortedSet);
    }

    private static async Task Distances_are_told_in_every_unit(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania));
        await c.Expect(Geo.Distance(c.Key("g"), "Palermo", "Catania")).AnswersAsync(166274.1516);
        await c.Expect(Geo.Distance(c.Key("g"), "Palermo", "Catania", GeoUnit.Kilometers)).AnswersAsync(166.2742);
        await c.Expect(Geo.Distance(c.Key("g"), "Palermo", "Catania", GeoUnit.Miles)).AnswersAsync(103.3182);
        await c.Expect(Geo.Distance(c.Key("g"), "Palermo", "Palermo", GeoUnit.Feet)).AnswersAsync(0);
        await c.Expect(Geo.Distance(c.Key("g"), "Palermo", "none")).AnswersAsync((double?)null);
    }

    private static async Task Places_are_read_back(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo));
        await c.Expect(Geo.Positions(c.Key("g"), "none", "Palermo")).AnswersAsync(
            places => places is [null, { } place] && IsNear(place, Palermo.Position), "nothing, and Palermo to half a metre");
    }

    private static async Task Geohashes_are_standard(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania));
        await c.Expect(Geo.Hashes(c.Key("g"), "Palermo", "none", "Catania")).AnswersAsync(["sqc8b49rny0", StoreValue.Null, "sqdtr74hyu0"]);
    }

    private static async Task A_circle_finds_what_is_within(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania, Rome));
        await c.Expect(Geo.Search(c.Key("g"), Centre, GeoShape.Circle(200, GeoUnit.Kilometers))).AnswersInAnyOrderAsync("Palermo", "Catania");
        await c.Expect(Geo.Search(c.Key("g"), Centre, GeoShape.Circle(100, GeoUnit.Kilometers))).AnswersAsync(["Catania"]);
        await c.Expect(Geo.Search(c.Key("g"), Centre, GeoShape.Circle(1, GeoUnit.Meters))).AnswersAsync([]);
    }

    private static async Task A_box_finds_what_is_within(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania, Rome));
        await c.Expect(Geo.Search(c.Key("g"), Centre, GeoShape.Box(400, 400, GeoUnit.Kilometers))).AnswersInAnyOrderAsync("Palermo", "Catania");
        await c.Expect(Geo.Search(c.Key("g"), Centre, GeoShape.Box(400, 10, GeoUnit.Kilometers))).AnswersAsync([]);
    }

    private static async Task A_member_may_be_the_centre(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania, Rome));
        await c.Expect(Geo.Search(c.Key("g"), GeoOrigin.FromMember("Palermo"), GeoShape.Circle(200, GeoUnit.Kilometers), Order.Ascending))
            .AnswersAsync(["Palermo", "Catania"]);
        await c.Expect(Geo.Search(c.Key("g"), GeoOrigin.FromMember("none"), GeoShape.Circle(1, GeoUnit.Meters))).FailsAsync<ServerErrorException>();
    }

    private static async Task Results_are_ordered_and_limited(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania, Rome));
        var far = GeoShape.Circle(2000, GeoUnit.Kilometers);
        await c.Expect(Geo.Search(c.Key("g"), Centre, far, Order.Ascending)).AnswersAsync(["Catania", "Palermo", "Rome"]);
        await c.Expect(Geo.Search(c.Key("g"), Centre, far, Order.Descending)).AnswersAsync(["Rome", "Palermo", "Catania"]);
        await c.Expect(Geo.Search(c.Key("g"), Centre, far, limit: GeoLimit.Take(2))).AnswersAsync(["Catania", "Palermo"]);
        await c.Expect(Geo.Search(c.Key("g"), Centre, far, Order.Descending, GeoLimit.Take(1))).AnswersAsync(["Rome"]);
        await c.Expect(Geo.Search(c.Key("g"), Centre, far, limit: GeoLimit.Any(2))).AnswersAsync(found => found.Distinct().Count() == 2, "any two");
    }

    private static async Task Details_are_told_as_asked_for(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Catania));
        var shape = GeoShape.Circle(200, GeoUnit.Kilometers);
        await c.Expect(Geo.SearchWithDetails(c.Key("g"), Centre, shape, GeoDetails.Distance)).AnswersAsync([new GeoMatch("Catania", 56.4413, null, null)]);
        await c.Expect(Geo.SearchWithDetails(c.Key("g"), Centre, shape, GeoDetails.All)).AnswersAsync(
            found => found is [{ Distance: 56.4413, Hash: 3479447370796909, Position: { } place }] && IsNear(place, Catania.Position), "all of Catania");
    }

    private static async Task Results_are_stored(ConformanceContext c)
    {
        await c.GivenAsync(Geo.Add(c.Key("g"), Palermo, Catania, Rome), Strings.Set(c.Key("d"), "v"));
        var shape = GeoShape.Circle(200, GeoUnit.Kilometers);
        await c.Expect(Geo.SearchStore(c.Key("d"), c.Key("g"), Centre, shape)).AnswersAsync(2);
        await c.Expect(Geo.Distance(c.Key("d"), "Palermo", "Catania")).AnswersAsync(166274.1516);
        await c.Expect(Geo.SearchStore(c.Key("d"), c.Key("g"), Centre, shape, storeDistances: true)).AnswersAsync(2);
        await c.Expect(SortedSets.Range(c.Key("d"), RankRange.All)).AnswersAsync(["Catania", "Palermo"]);
        await c.Expect(Geo.SearchStore(c.Key("d"), c.Key("g"), Centre, GeoShape.Circle(1, GeoUnit.Meters))).AnswersAsync(0);
        await c.Expect(Keys.Exists(c.Key("d"))).AnswersAsync(false);
    }

    private static async Task An_absent_index_is_empty(ConformanceContext c)
    {
        await c.Expect(Geo.Distance(c.Key("g"), "a", "b")).AnswersAsync((double?)null);
        await c.Expect(Geo.Positions(c.Key("g"), "a")).AnswersAsync([null]);
        await c.Expect(Geo.Hashes(c.Key("g"), "a")).AnswersAsync([StoreValue.Null]);
        await c.Expect(Geo.Search(c.Key("g"), Centre, GeoShape.Circle(1, GeoUnit.Meters))).AnswersAsync([]);
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(Geo.Add(k, Palermo)).FailsAsync<WrongTypeException>();
        await c.Expect(Geo.Distance(k, "a", "b")).FailsAsync<WrongTypeException>();
        await c.Expect(Geo.Positions(k, "a")).FailsAsync<WrongTypeException>();
        await c.Expect(Geo.Hashes(k, "a")).FailsAsync<WrongTypeException>();
        await c.Expect(Geo.Search(k, Centre, GeoShape.Circle(1, GeoUnit.Meters))).FailsAsync<WrongTypeException>();
    }

    private static bool IsNear(GeoPosition one, GeoPosition other) =>
        Math.Abs(one.Longitude - other.Longitude) < 0.00001 && Math.Abs(one.Latitude - other.Latitude) < 0.00001;
}
