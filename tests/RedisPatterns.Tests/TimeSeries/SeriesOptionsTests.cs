namespace RedisPatterns.Tests.TimeSeries;

/// <summary>What options, ranges and aggregations refuse, and what follows from what is not set.</summary>
public sealed class SeriesOptionsTests
{
    private static readonly DateTimeOffset Before1970 = new(1969, 12, 31, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public void Options_out_of_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesOptions { Engine = (SeriesEngine)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesOptions { Duplicates = (DuplicatePolicy)9 });
        foreach (var length in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(-1), TimeSpan.FromTicks(10_001), TimeSpan.FromDays(36_601)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesOptions { Step = length });
            Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesOptions { Period = length });
            Assert.Throws<ArgumentOutOfRangeException>(() => new Aggregation(Aggregator.Sum, length));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeSeriesOptions { Step = TimeSpan.FromDays(367) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesRetention { Age = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesRetention { Count = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallChange(TimeSpan.Zero, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallChange(TimeSpan.FromSeconds(1), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallChange(TimeSpan.FromSeconds(1), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesRangeOptions { Limit = 0 });
    }

    [Theory]
    [InlineData(SeriesEngine.Chunks, 14_400_000)]
    [InlineData(SeriesEngine.HashBuckets, 1_200_000)]
    [InlineData(SeriesEngine.SortedSet, 1_200_000)]
    public void The_period_follows_from_the_step(SeriesEngine engine, long expected)
    {
        Assert.Equal(expected, SeriesPeriod.Of(new(), engine).Length);
        Assert.Equal(60_000, SeriesPeriod.Of(new() { Period = TimeSpan.FromMinutes(1) }, engine).Length);
        Assert.Equal(expected / 10, SeriesPeriod.Of(new() { Step = TimeSpan.FromSeconds(1) }, engine).Length);
    }

    [Fact]
    public void Aggregations_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Aggregation((Aggregator)99, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Aggregation(Aggregator.Sum, (Period)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Aggregation(Aggregator.Sum, TimeSpan.FromSeconds(1)) { Origin = Before1970 });
        Assert.Throws<ArgumentException>(() => new Aggregation(Aggregator.Sum, TimeSpan.FromSeconds(2)) { Window = TimeSpan.FromSeconds(3) });
        Assert.Throws<ArgumentException>(() => new Aggregation(Aggregator.Sum, TimeSpan.FromSeconds(2)) { Window = TimeSpan.FromSeconds(1) });
        Assert.Throws<ArgumentException>(() => new Aggregation(Aggregator.Sum, TimeSpan.FromSeconds(1)) { Window = TimeSpan.FromSeconds(10_001) });
        Assert.Throws<ArgumentException>(() => new Aggregation(Aggregator.Sum, Period.Day) { Window = TimeSpan.FromDays(2) });
    }

    [Fact]
    public void Ranges_have_their_beginning_and_not_their_end()
    {
        var range = new TimeRange(10, 20);
        Assert.Equal((true, true, false, false), (range.Contains(10), range.Contains(19), range.Contains(20), range.IsEmpty));
        Assert.True(new TimeRange(10, 10).IsEmpty);
        Assert.True(default(TimeRange).IsEmpty);
        var noon = new DateTimeOffset(2026, 11, 29, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(9_999);
        Assert.Equal(new TimeRange(1_795_953_600_000, 1_795_953_601_000), TimeRange.Between(noon, noon.AddSeconds(1)));
        Assert.Equal(TimeRange.All, new TimeRange(TimeRange.Until(noon).From, TimeRange.Since(noon).To));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeRange(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeRange(5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeRange(0, TimeRange.All.To + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeRange.Since(Before1970));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesSample(Before1970, 1));
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero), new SeriesSample(1_795_953_600_000, 1).Time);
    }
}
