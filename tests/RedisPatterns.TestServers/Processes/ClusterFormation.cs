using System.Globalization;

namespace RedisPatterns.TestServers;

internal static class ClusterFormation
{
    private const int Slots = 16384;

    /// <summary>Shares the slots among the nodes, introduces them to each other and waits until all of them agree.</summary>
    public static async Task FormAsync(IReadOnlyList<ServerNode> nodes, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            await using var client = await RespClient.ConnectAsync(nodes[i].Endpoint, cancellationToken);
            var (first, last) = (Slots * i / nodes.Count, (Slots * (i + 1) / nodes.Count) - 1);
            await client.TextAsync("CLUSTER", "ADDSLOTSRANGE", Text(first), Text(last));
            await client.TextAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
            if (i == 0) continue;

            var known = nodes[0].Endpoint;
            await client.TextAsync("CLUSTER", "MEET", $"{known.Address}", Text(known.Port), Text(BusPort(known.Port)));
        }

        await WaitAsync(nodes, timeout, cancellationToken);
    }

    /// <summary>Waits until every node knows all the others and calls the cluster healthy.</summary>
    public static Task WaitAsync(IReadOnlyList<ServerNode> nodes, TimeSpan timeout, CancellationToken cancellationToken) =>
        Poll.UntilAsync(
            async () =>
            {
                foreach (var node in nodes)
                {
                    await using var client = await RespClient.ConnectAsync(node.Endpoint, cancellationToken);
                    var info = await client.TextAsync("CLUSTER", "INFO");
                    if (!info!.Contains("cluster_state:ok", StringComparison.Ordinal)) return false;
                    if (!info.Contains($"cluster_known_nodes:{nodes.Count}\r", StringComparison.Ordinal)) return false;
                }

                return true;
            },
            timeout, "the cluster to agree", cancellationToken);

    /// <summary>The bus port that goes with a node's port: far enough away to clash with no other node's.</summary>
    public static int BusPort(int port) => port + 17_000;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
