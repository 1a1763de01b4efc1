using System.Text;

namespace RedisPatterns.InMemory.Tests.Engine;

// Each row was looked up on a Redis 7.0 server.
public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("*", "abc", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbb", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[c-a]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("a\\", "a\\", true)]
    [InlineData("[ab", "b", true)]
    [InlineData("[", "a", false)]
    [InlineData("", "", true)]
    [InlineData("**", "", false)]
    [InlineData("a**", "a", true)]
    [InlineData("A", "a", false)]
    [InlineData("{shop}:*", "{shop}:user", true)]
    public void Matches_as_a_server_does(string pattern, string name, bool expected) =>
        Assert.Equal(expected, new GlobPattern(Encoding.UTF8.GetBytes(pattern)).IsMatch(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Many_stars_do_not_take_exponential_time()
    {
        var pattern = new GlobPattern(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a*", 40)) + "b"));

        Assert.False(pattern.IsMatch(Encoding.UTF8.GetBytes(new string('a', 5_000))));
    }
}
