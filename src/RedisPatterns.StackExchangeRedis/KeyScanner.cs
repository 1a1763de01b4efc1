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
            await using var keys = server
                .KeysAsync(connection.Database.Database, pattern, pageSize)
                .GetAsyncEnumerator(cancellationToken);
            while (await MoveAsync(keys, cancellationToken).ConfigureAwait(false))
            {
                yield return DriverValues.FromKey(keys.Current);
            }
        }
    }

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<RedisKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await keys.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, "SCAN");
        }
    }

    private List<IServer> Primaries()
    {
        var primaries = new List<IServer>();
        foreach (var server in connection.Multiplexer.GetServers())
        {
            if (server.IsReplica || OwnsNothing(server))
            {
                continue;
            }

            // Leaving out a node would look like a keyspace without its keys.
            primaries.Add(server.IsConnected ? server : throw new StoreConnectionException("SCAN: a primary is not connected."));
        }

        return primaries;
    }

    private static bool OwnsNothing(IServer server) =>
        server.ServerType == ServerType.Cluster
        && server.ClusterConfiguration?[server.EndPoint] is { } node
        && (node.IsReplica || node.Slots.Count == 0);
}
