namespace RedisPatterns.StackExchangeRedis.Tests.Documentation;

public sealed class ConnectTests(RedisFixture fixture)
{
    [Fact]
    public async Task A_store_is_opened_by_a_connection_string() =>
        Assert.NotEqual("memory", await ServerNameAsync(fixture.Server.ConnectionString));

    private static async Task<string> ServerNameAsync(string connection)
    {
        // snippet: connect
        await using var store = await RedisKeyValueStore.ConnectAsync(connection);

        // end-snippet
        return store.Capabilities.Server;
    }
}
