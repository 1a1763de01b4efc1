using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>A store for each client: connections of their own to one server, or one store in memory.</summary>
internal sealed class ClientStores : IAsyncDisposable
{
    private static readonly ChaosOptions Faults = new()
    {
        Rules =
        [
            new() { Fault = ChaosFault.BeforeSend, Probability = 0.05 },
            new() { Fault = ChaosFault.AfterEffect, Probability = 0.1 },
        ],
    };

    private ClientStores(IReadOnlyList<IKeyValueStore> items) => Items = items;

    public IReadOnlyList<IKeyValueStore> Items { get; }

    public static async Task<ClientStores> OpenAsync(RedisFixture? redis, bool withFaults)
    {
        IKeyValueStore[] stores = redis is null
            ? [new InMemoryKeyValueStore()]
            : await Task.WhenAll(Enumerable.Range(0, HistoryRun.Clients).Select(async _ => (IKeyValueStore)await redis.ConnectAsync()));
        return new([.. stores.Select(store => withFaults ? new ChaosStore(store, Faults) : store)]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in Items)
        {
            await store.DisposeAsync();
        }
    }
}
