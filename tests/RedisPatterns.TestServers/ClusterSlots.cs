using System.Globalization;
using System.Net;

namespace RedisPatterns.TestServers;

/// <summary>Moves hash slots of a cluster from node to node while clients work, as <c>redis-cli --cluster reshard</c> does it.</summary>
public static class ClusterSlots
{
    private const int KeysPerStep = 20;

    /// <summary>The node that a slot lies on.</summary>
    public static async Task<int> OwnerAsync(TestServer cluster, int slot, CancellationToken cancellationToken = default)
    {
        await using var client = await cluster.ConnectAsync(0, cancellationToken);
        var ids = await IdsAsync(cluster, cancellationToken);
        foreach (var line in (await client.TextAsync("CLUSTER", "NODES"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            if (words.Skip(8).Any(range => !range.StartsWith('[') && Contains(range, slot))) return Array.IndexOf(ids, words[0]);
        }

        throw new InvalidOperationException($"No node has the slot {slot}.");
    }

    /// <summary>Moves a slot with all its keys, a few keys at a time.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="target">The node that is to have it.</param>
    /// <returns>How many keys were moved.</returns>
    public static async Task<int> MoveAsync(TestServer cluster, int slot, int target, CancellationToken cancellationToken = default)
    {
        var ids = await IdsAsync(cluster, cancellationToken);
        var source = await OwnerAsync(cluster, slot, cancellationToken);
        if (source == target) return 0;

        var number = slot.ToString(CultureInfo.InvariantCulture);
        await using var from = await cluster.ConnectAsync(source, cancellationToken);
        await using var to = await cluster.ConnectAsync(target, cancellationToken);
        await to.TextAsync("CLUSTER", "SETSLOT", number, "IMPORTING", ids[source]);
        await from.TextAsync("CLUSTER", "SETSLOT", number, "MIGRATING", ids[target]);
        var endpoint = (IPEndPoint)cluster.Endpoints[target];
        var moved = 0;
        while (await from.ListAsync("CLUSTER", "GETKEYSINSLOT", number, KeysPerStep.ToString(CultureInfo.InvariantCulture)) is { Count: > 0 } keys)
        {
            await from.TextAsync(["MIGRATE", endpoint.Address.ToString(), endpoint.Port.ToString(CultureInfo.InvariantCulture), "", "0", "5000", "KEYS", .. keys!]);
            moved += keys.Count;
        }

        // First the one that is to have it, so that no moment has none.
        for (var node = 0; node < ids.Length; node++)
        {
            await using var client = await cluster.ConnectAsync((target + node) % ids.Length, cancellationToken);
            await client.TextAsync("CLUSTER", "SETSLOT", number, "NODE", ids[target]);
        }

        return moved;
    }

    private static async Task<string[]> IdsAsync(TestServer cluster, CancellationToken cancellationToken)
    {
        var ids = new string[cluster.Endpoints.Count];
        for (var node = 0; node < ids.Length; node++)
        {
            await using var client = await cluster.ConnectAsync(node, cancellationToken);
            ids[node] = (await client.TextAsync("CLUSTER", "MYID"))!;
        }

        return ids;
    }

    private static bool Contains(string range, int slot)
    {
        var ends = range.Split('-');
        return int.Parse(ends[0], CultureInfo.InvariantCulture) <= slot && slot <= int.Parse(ends[^1], CultureInfo.InvariantCulture);
    }
}
