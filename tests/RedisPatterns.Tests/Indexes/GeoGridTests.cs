using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Indexes;

/// <summary>The grid of places: scores as servers have them, and squares that leave nothing out.</summary>
public sealed class GeoGridTests
{
    // What GEOADD of Redis 7.0 gives.
    [Theory]
    [InlineData(13.4, 52.5, 3673983793218339)]
    [InlineData(0, 0, 3377699720527872)]
    [InlineData(-122.27652, 37.805186, 1367952638197536)]
    public void A_score_is_what_a_server_gives(double longitude, double latitude, double score)
    {
        Assert.Equal(score, GeoGrid.ScoreOf(new GeoPosition(longitude, latitude)));
        var place = GeoGrid.PlaceOf(score);
        Assert.InRange(GeoGrid.Distance(place, new GeoPosition(longitude, latitude)), 0, 0.6);
    }

    [Fact]
    public void Every_place_within_a_distance_is_in_a_square_and_squares_are_few_and_apart()
    {
        var random = new Random(28);
        for (var i = 0; i < 2_000; i++)
        {
            var centre = Place(random);
            var metres = Math.Pow(10, random.NextDouble() * 7.4);
            var ranges = GeoGrid.Cover(centre, metres);
            Assert.InRange(ranges.Count, 1, 16);
            for (var j = 1; j < ranges.Count; j++)
            {
                Assert.True(ranges[j - 1].End < ranges[j].First);
            }

            for (var j = 0; j < 40; j++)
            {
                var place = j % 2 == 0 ? Place(random) : Beside(centre, metres, random);
                var score = GeoGrid.ScoreOf(place);
                if (GeoGrid.Distance(centre, GeoGrid.PlaceOf(score)) <= metres)
                {
                    Assert.Contains(ranges, range => score >= range.First && score < range.End);
                }
            }
        }
    }

    private static GeoPosition Place(Random random) => random.Next(8) switch
    {
        0 => new(180, (random.NextDouble() - 0.5) * 170),
        1 => new(-180, (random.NextDouble() - 0.5) * 170),
        2 => new((random.NextDouble() - 0.5) * 360, GeoPosition.MaxLatitude),
        3 => new((random.NextDouble() - 0.5) * 360, -GeoPosition.MaxLatitude),
        _ => new((random.NextDouble() - 0.5) * 360, (random.NextDouble() - 0.5) * 170),
    };

    private static GeoPosition Beside(GeoPosition centre, double metres, Random random)
    {
        var degrees = metres / GeoGrid.EarthRadius * 180 / Math.PI;
        var latitude = Math.Clamp(centre.Latitude + ((random.NextDouble() - 0.5) * 2 * degrees), -GeoPosition.MaxLatitude, GeoPosition.MaxLatitude);
        var longitude = centre.Longitude + ((random.NextDouble() - 0.5) * 2 * degrees / Math.Cos(latitude * Math.PI / 180));
        return new(Math.IEEERemainder(longitude, 360), latitude);
    }
}
