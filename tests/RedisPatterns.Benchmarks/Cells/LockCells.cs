using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>A lock that nobody else has is taken and given back.</summary>
internal static class LockCells
{
    private const int ResourceCount = 10_000;
    private static readonly string[] Resources = [.. Enumerable.Range(0, ResourceCount).Select(number => $"resource{number}")];

    public static IEnumerable<Cell> Create(IKeyValueStore store, HandWrittenLocks hand)
    {
        var locks = store.Keyspace("ours").Lock("bench");
        yield return new(
            "lock, acquire and release",
            QueryVariant.Of("ours", i => AcquireAndReleaseAsync(locks, Resources[i % ResourceCount]), Tell),
            QueryVariant.Of("scripts with a token", i => hand.ByScriptsAsync(Resources[i % ResourceCount]), Tell),
            QueryVariant.Of("SET NX and a script", i => hand.BySetAsync(Resources[i % ResourceCount]), Tell))
        { Expected = "held" };
    }

    private static async Task<bool> AcquireAndReleaseAsync(KeyspaceLock locks, string resource)
    {
        if (await locks.TryAcquireAsync(resource).ConfigureAwait(false) is not { } lease)
        {
            return false;
        }

        await lease.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    private static string Tell(bool isHeld) => isHeld ? "held" : "refused";
}
