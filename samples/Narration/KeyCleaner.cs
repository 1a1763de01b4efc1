using RedisPatterns;
using RedisPatterns.Commands;

namespace Narration;

/// <summary>Deletes what a sample has left.</summary>
public static class KeyCleaner
{
    private const int KeysPerDelete = 500;

    /// <summary>Deletes every key of a keyspace whose name is plain, and no other.</summary>
    public static async Task ClearAsync(Keyspace keyspace, CancellationToken cancellationToken = default)
    {
        var keys = new HashSet<StoreKey>();
        await foreach (var key in keyspace.Store.ScanKeysAsync(keyspace.Tag + ":*", 1_000, cancellationToken))
        {
            keys.Add(key);
        }

        foreach (var part in keys.Chunk(KeysPerDelete))
        {
            await keyspace.Store.SendAsync(Keys.Unlink(part), cancellationToken);
        }
    }
}
