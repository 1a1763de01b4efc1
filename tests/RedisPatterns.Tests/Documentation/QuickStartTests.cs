namespace RedisPatterns.Tests.Documentation;

public sealed class QuickStartTests
{
    [Fact]
    public async Task It_does_what_it_says()
    {
        User[] expected =
        [
            new("u1", "Alice@example.com", "Oslo", 31, 1),
            new("u2", "bob@example.com", "Bergen", 27, 1),
            new("u1", "Alice@example.com", "Bergen", 32, 3),
        ];
        Assert.Equal(expected, await QuickStart.RunAsync());
    }
}
