namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Buckets lie where the calendar and the origin say, and it is known which are made of which.</summary>
public sealed class BucketGridTests
{
    private static readonly long[] Lengths = [1, 2, 3, 500, 1_000, 60_000, 90_000, 900_000, 3_600_000, 7_200_000, 86_400_000, 172_800_000, 604_800_000];

    [Fact]
    public void Each_moment_lies_in_the_bucket_that_the_definition_gives_it()
    {
        var dice = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var aggregation = Draw(dice);
            var grid = new BucketGrid(aggregation);

            // The week of the last days has an end that no date can tell.
            var timestamp = dice.Next(3) switch { 0 => dice.NextInt64(1_000), 1 => dice.NextInt64(SeriesTime.Greatest - (400L * 86_400_000)), _ => dice.NextInt64(4_000_000_000_000) };
            var (number, start) = (grid.NumberOf(timestamp), AggregationModel.StartOf(aggregation, timestamp));

            Assert.Equal(start, grid.StartOf(number));
            Assert.Equal(AggregationModel.EndOf(aggregation, start), grid.EndOf(number));
            Assert.Equal(grid.EndOf(number), grid.StartOf(number + 1));
            Assert.Equal(Math.Max(0, start), grid.MomentOf(number, BucketTime.Start));
        }
    }

    [Fact]
    public void Buckets_before_the_origin_are_as_long_as_those_behind_it()
    {
        var grid = new BucketGrid(new(Aggregator.Sum, TimeSpan.FromMilliseconds(10)) { Origin = DateTimeOffset.FromUnixTimeMilliseconds(103) });

        Assert.Equal((93, 103), (grid.StartOf(grid.NumberOf(102)), grid.EndOf(grid.NumberOf(102))));
        Assert.Equal((103, 113), (grid.StartOf(grid.NumberOf(103)), grid.EndOf(grid.NumberOf(103))));
        Assert.Equal((-7, 3), (grid.StartOf(grid.NumberOf(0)), grid.EndOf(grid.NumberOf(0))));
        Assert.Equal((0, 0, 3), (grid.MomentOf(grid.NumberOf(0), BucketTime.Start), grid.MomentOf(grid.NumberOf(0), BucketTime.Middle), grid.MomentOf(grid.NumberOf(0), BucketTime.End)));
    }

    [Theory]
    [InlineData(Period.Day, 3_600, 0, true)]
    [InlineData(Period.Day, 86_400, 0, true)]
    [InlineData(Period.Day, 5_400, 0, true)]
    [InlineData(Period.Day, 7_000, 0, false)]
    [InlineData(Period.Hour, 300, 0, true)]
    [InlineData(Period.Hour, 300, 60, false)]
    [InlineData(Period.Hour, 300, 600, true)]
    [InlineData(Period.Hour, 7_200, 0, false)]
    [InlineData(Period.Week, 604_800, 4 * 86_400, true)]
    [InlineData(Period.Week, 604_800, 0, false)]
    [InlineData(Period.Week, 86_400, 0, true)]
    [InlineData(Period.Month, 86_400, 0, true)]
    [InlineData(Period.Month, 900, 0, true)]
    [InlineData(Period.Month, 2 * 86_400, 0, false)]
    [InlineData(Period.Year, 43_200, 0, true)]
    [InlineData(Period.Year, 43_200, 3_600, false)]
    public void A_period_is_made_of_shorter_buckets_that_fit(Period period, int seconds, int origin, bool expected)
    {
        var finer = new Aggregation(Aggregator.Sum, TimeSpan.FromSeconds(seconds)) { Origin = DateTimeOffset.FromUnixTimeSeconds(origin) };

        Assert.Equal(expected, new BucketGrid(new(Aggregator.Sum, period)).IsUnionOf(new(finer)));
    }

    [Fact]
    public void Buckets_are_made_of_others_when_each_begins_with_one_of_them()
    {
        var dice = new Random(1);
        var unions = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var (coarser, finer) = (new BucketGrid(Draw(dice)), new BucketGrid(Draw(dice)));
            var first = coarser.NumberOf(1_700_000_000_000);
            var isUnion = Enumerable.Range(1, 50).Select(n => coarser.StartOf(first + n)).All(start => finer.StartOf(finer.NumberOf(start)) == start);

            Assert.Equal(isUnion, coarser.IsUnionOf(finer));
            unions += isUnion ? 1 : 0;
        }

        Assert.InRange(unions, 500, 4_500);
    }

    [Fact]
    public void Values_of_buckets_make_those_of_longer_ones_where_they_tell_enough()
    {
        var dice = new Random(1);
        var samples = Enumerable.Range(0, 40).Select(i => new SeriesSample(i, dice.Next(100))).ToList();
        foreach (var source in Enum.GetValues<Aggregator>())
        {
            var stored = samples.Chunk(7).Select(bucket => new SeriesSample(bucket[0].Timestamp, AggregationModel.ValueOf(bucket, source))).ToList();
            Assert.All(Enum.GetValues<Aggregator>().Where(wanted => wanted != source), wanted => Assert.Null(source.CombinerFor(wanted)));
            if (source.CombinerFor(source) is { } combiner)
            {
                Assert.Equal(AggregationModel.ValueOf(samples, source), AggregationModel.ValueOf(stored, combiner));
            }
        }

        Assert.Equal(6, Enum.GetValues<Aggregator>().Count(source => source.CombinerFor(source) is not null));
    }

    private static Aggregation Draw(Random dice)
    {
        if (dice.Next(4) == 0)
        {
            return new(Aggregator.Sum, (Period)dice.Next(5));
        }

        var length = Lengths[dice.Next(Lengths.Length)];
        var origin = dice.Next(3) switch { 0 => 0, 1 => 345_600_000, _ => Lengths[dice.Next(Lengths.Length)] };
        return new(Aggregator.Sum, TimeSpan.FromMilliseconds(length)) { Origin = DateTimeOffset.FromUnixTimeMilliseconds(origin) };
    }
}
