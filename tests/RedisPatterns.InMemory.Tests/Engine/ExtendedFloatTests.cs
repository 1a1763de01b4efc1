namespace RedisPatterns.InMemory.Tests.Engine;

public sealed class ExtendedFloatTests
{
    // The sums are those of INCRBYFLOAT on a Redis 7.0 server, to the last digit.
    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("10.5", "0.1", "10.6")]
    [InlineData("1e17", "0.5", "100000000000000000.5")]
    [InlineData("3.0e-5", "0", "0.00003")]
    [InlineData("0", "-0.0", "0")]
    [InlineData("5.", ".5", "5.5")]
    [InlineData("1.7976931348623157e308", "-1.7976931348623157e308", "0")]
    [InlineData("9223372036854775807", "1", "9223372036854775808")]
    [InlineData("18446744073709551616", "1", "18446744073709551616")]
    [InlineData("0.00000000000000001", "-0.00000000000000000001", "0.00000000000000001")]
    public void Sums_are_those_of_a_server(string left, string right, string sum)
    {
        Assert.True(ExtendedFloat.TryParse(left, out var first));
        Assert.True(ExtendedFloat.TryParse(right, out var second));

        Assert.Equal(sum, ExtendedFloat.Add(first, second).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("nan")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData(".")]
    [InlineData("--1")]
    [InlineData("1e5000")]
    public void What_is_no_number_is_refused(string text) => Assert.False(ExtendedFloat.TryParse(text, out _));

    [Fact]
    public void Infinity_is_read_and_is_not_finite()
    {
        Assert.True(ExtendedFloat.TryParse("-Inf", out var number));
        Assert.False(number.IsFinite);
    }
}
