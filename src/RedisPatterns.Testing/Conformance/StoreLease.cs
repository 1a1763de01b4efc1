namespace RedisPatterns.Testing;

/// <summary>A store that is lent to one test.</summary>
public sealed class StoreLease : IAsyncDisposable
{
    private readonly bool _disposesStore;

    /// <summary>Lends a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">The clock that the store's keys expire by, when it is one that tests may move; null for a server's own.</param>
    /// <param name="disposesStore">Whether the store is disposed with the lease: true for a fresh one, false for a shared one.</param>
    public StoreLease(IKeyValueStore store, ManualTimeProvider? clock = null, bool disposesStore = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        Store = store;
        Clock = clock;
        _disposesStore = disposesStore;
    }

    /// <summary>The store.</summary>
    public IKeyValueStore Store { get; }

    /// <summary>The clock that the store's keys expire by, or null when it is a server's own.</summary>
    public ManualTimeProvider? Clock { get; }

    /// <summary>Whether other tests use the store too.</summary>
    internal bool IsShared => !_disposesStore;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _disposesStore ? Store.DisposeAsync() : ValueTask.CompletedTask;
}
