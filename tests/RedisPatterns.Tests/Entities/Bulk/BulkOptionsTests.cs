namespace RedisPatterns.Tests.Entities.Bulk;

public sealed class BulkOptionsTests
{
    [Fact]
    public void The_defaults_are_256_in_flight_and_progress_every_1000_items()
    {
        var options = new BulkOptions();
        Assert.Equal((256, 1_000), (options.MaximumInFlight, options.ProgressEvery));
        Assert.Null(options.Progress);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void In_flight_out_of_range_is_refused(int maximum) =>
        Assert.Equal("MaximumInFlight", Assert.Throws<ArgumentOutOfRangeException>(() => new BulkOptions { MaximumInFlight = maximum }).ParamName);

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void In_flight_within_range_is_taken(int maximum) => Assert.Equal(maximum, new BulkOptions { MaximumInFlight = maximum }.MaximumInFlight);

    [Fact]
    public void Progress_every_no_items_is_refused() =>
        Assert.Equal("ProgressEvery", Assert.Throws<ArgumentOutOfRangeException>(() => new BulkOptions { ProgressEvery = 0 }).ParamName);
}
