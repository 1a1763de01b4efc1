using Telemetry.Charts;

namespace Telemetry.Tests;

public sealed class SparklineTests
{
    [Theory]
    [InlineData("", new double[0])]
    [InlineData("▁▂▃▄▅▆▇█", new double[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("▁█▁", new double[] { -5, 5, -5 })]
    [InlineData("▁▁", new double[] { 3, 3 })]
    [InlineData("▁ █", new[] { 1, double.NaN, 2 })]
    [InlineData(" ", new[] { double.NaN })]
    public void Values_are_blocks_of_their_height_and_gaps_are_gaps(string expected, double[] values) => Assert.Equal(expected, Sparkline.Of(values));

    [Fact]
    public void Lines_of_one_scale_compare() => Assert.Equal("▁▅", Sparkline.Of([0, 4], 0, 7));
}
