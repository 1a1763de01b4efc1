using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.StackExchangeRedis;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The two sides, each with a connection of its own.</summary>
internal sealed class Clients : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private Clients(RedisKeyValueStore store, ConnectionMultiplexer connection, HandWrittenUsers handWritten)
    {
        Store = store;
        _connection = connection;
        Database = connection.GetDatabase();
        HandWritten = handWritten;
        Repository = store.Keyspace("ours").Repository<User, UserModel>(new UserModel());
    }

    public IKeyValueStore Store { get; }

    public Repository<User, UserModel> Repository { get; }

    public IDatabase Database { get; }

    public HandWrittenUsers HandWritten { get; }

    public static async Task<Clients> ConnectAsync(string address)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(address);
        return new Clients(await RedisKeyValueStore.ConnectAsync(address), connection, await HandWrittenUsers.CreateAsync(connection));
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
