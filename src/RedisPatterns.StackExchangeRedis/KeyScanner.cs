using System.Runtime.CompilerServices;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis;

/// <summary>Walks through the keys of every primary.</summary>
internal sealed class KeyScanner(RedisConnection connection)
{
    private const int MaximumPageSize = 100_000;

    public IAsyncEnumerable<StoreKey> ScanAsync(string pattern, int pageSize, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaximumPageSize);
        return ScanAllAsync(pattern, pageSize, cancellationToken);
    }

    private async IAsyncEnumerable<StoreKey> ScanAllAsync(string pattern, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var server in Primaries())
        {
            var walk = new KeyWalk(server, connection.Database.Database, pattern, pageSize);
            await using (walk.ConfigureAwait(false))
            {
                while (await MoveAsync(walk, cancellationToken).ConfigureAwait(false))
                {
                    yield return DriverValues.FromKey(walk.Current);
                }
            }
        }
    }

    private async ValueTask<bool> MoveAsync(KeyWalk walk, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await walk.MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, "SCAN");
        }
    }

    // Leaving out a node would look like a keyspace without its keys.
    private List<IServer> Primaries()
    {
        var primaries = connection.Primaries();
        return primaries.TrueForAll(server => server.IsConnected) ? primaries : throw new StoreConnectionException("SCAN: a primary is not connected.");
    }
}
