using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on geo indexes.</summary>
internal static class GeoRecipes
{
    private const double LastHash = (1L << 52) - 1;

    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Geo.Add(d.Key(KeyKind.Geo), d.Some(1, 5, () => Entry(d))), weight: 8),
        For(d => Geo.Add(d.Key(KeyKind.Geo), d.Word<GeoWhen>(), d.Some(1, 3, () => Entry(d)))),
        For(d => Geo.AddOrUpdate(d.Key(KeyKind.Geo), d.Word<GeoWhen>(), d.Some(1, 3, () => Entry(d)))),
        ForPlaces(d => Geo.Distance(d.Key(KeyKind.Geo), d.Member(), d.Member(), d.Word<GeoUnit>()), ReplyRule.Distance, weight: 3),
        ForPlaces(d => Geo.Hashes(d.Key(KeyKind.Geo), d.Members())),
        ForPlaces(d => Geo.Positions(d.Key(KeyKind.Geo), d.Members()), ReplyRule.Positions),
        ForPlaces(d => Geo.Search(d.Key(KeyKind.Geo), Origin(d), Shape(d), Sorting(d)), ReplyRule.AnyOrder, weight: 4),
        ForPlaces(d => Geo.Search(d.Key(KeyKind.Geo), Origin(d), Shape(d), Sorting(d), GeoLimit.Take(d.Count(3))), ReplyRule.PlaceCount, weight: 1),
        ForPlaces(d => Geo.SearchWithDetails(d.Key(KeyKind.Geo), Origin(d), Shape(d), Details(d), Sorting(d)), ReplyRule.Places, weight: 4),
        ForPlaces(d => Geo.SearchStore(d.Key(KeyKind.Geo), d.Key(KeyKind.Geo), Origin(d), Shape(d), Sorting(d))),
    ];

    // What a score means that is no position depends on the server's processor: such members are removed first.
    private static Recipe ForPlaces(Func<Dice, StoreCommand> make, ReplyRule rule = ReplyRule.Exact, int weight = 2) => new(
        dice =>
        {
            var command = make(dice);
            var source = command.Keys.Last();
            return new CommandStep(
                new(SortedSets.RemoveRangeByScore(source, ScoreRange.LessThan(0)), ReplyRule.Exact),
                new(SortedSets.RemoveRangeByScore(source, ScoreRange.MoreThan(LastHash)), ReplyRule.Exact),
                new(command, rule));
        },
        weight);

    private static GeoEntry Entry(Dice dice) => new(dice.Member(), Position(dice));

    // Half of them anywhere, half of them within some kilometres.
    private static GeoPosition Position(Dice dice) => dice.Next(20) switch
    {
        0 => new(0, 0),
        1 => new(-180, -GeoPosition.MaxLatitude),
        2 => new(180, GeoPosition.MaxLatitude),
        < 11 => new(13.36 + (dice.Fraction() / 5), 38.11 + (dice.Fraction() / 5)),
        _ => new((dice.Fraction() * 360) - 180, (dice.Fraction() * 170) - 85),
    };

    private static GeoOrigin Origin(Dice dice) => dice.Chance(50) ? GeoOrigin.FromMember(dice.Member()) : Position(dice);

    private static GeoShape Shape(Dice dice) => dice.Chance(50)
        ? GeoShape.Circle(Length(dice), GeoUnit.Kilometers)
        : GeoShape.Box(Length(dice), Length(dice), GeoUnit.Kilometers);

    private static double Length(Dice dice) => dice.Next(4) switch
    {
        0 => dice.Fraction() * 20,
        1 => dice.Fraction() * 1000,
        2 => dice.Fraction() * 20_000,
        _ => 5 + (dice.Fraction() * 5),
    };

    private static GeoDetails Details(Dice dice) => (GeoDetails)dice.Between(1, 7);

    private static Order? Sorting(Dice dice) => dice.Chance(50) ? null : dice.Word<Order>();
}
