using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of docs/patterns/partitions.md.</summary>
public sealed class PartitionsTests
{
    [Fact]
    public async Task The_page_is_right()
    {
        await using var store = new InMemoryKeyValueStore();

        Assert.Equal((2, "email"), await PartitionsSnippet.RunAsync(store));
    }
}
