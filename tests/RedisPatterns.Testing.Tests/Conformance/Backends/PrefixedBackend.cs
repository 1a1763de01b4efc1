using RedisPatterns.InMemory;
using StackExchange.Redis;

namespace RedisPatterns.Testing.Tests.Conformance;

public sealed class PrefixedBackend : IBackend
{
    public static string Name => "Prefixed, in memory";

    public static IReadOnlyDictionary<string, string> KnownDifferences { get; } = new Dictionary<string, string>
    {
        ["HashSlotConformance.Keys_of_one_slot_without_a_tag_may_be_in_one_batch"] = "a prefix moves keys without a tag to other slots",
    };

    public static ValueTask<StoreLease> RentAsync(Servers servers)
    {
        var clock = new ManualTimeProvider();
        return new(new StoreLease(new PrefixedKeyValueStore(new InMemoryKeyValueStore(clock), "p*[x]?\\:é"), clock, disposesStore: true));
    }
}

public sealed class PrefixedRedisBackend : IBackend
{
    public static string Name => "Prefixed, Redis";

    public static IReadOnlyDictionary<string, string> KnownDifferences => PrefixedBackend.KnownDifferences;

    public static async ValueTask<StoreLease> RentAsync(Servers servers) =>
        new(new PrefixedKeyValueStore(await servers.RedisAsync(RedisProtocol.Resp3), "p*[x]?\\:é", ownsInner: false));
}
