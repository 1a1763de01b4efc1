namespace RedisPatterns.Testing;

/// <summary>What a backend gives the conformance suites: a store for each test.</summary>
public interface IStoreFixture
{
    /// <summary>The name of the backend, for test names and messages.</summary>
    string Name { get; }

    /// <summary>Gives a store to one test: a fresh one, or one that is shared, since tests keep to keys of their own.</summary>
    /// <param name="cancellationToken">Gives up waiting, for example for a server to start.</param>
    /// <returns>The store; the test disposes the lease.</returns>
    ValueTask<StoreLease> RentAsync(CancellationToken cancellationToken = default);
}
