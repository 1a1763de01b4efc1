using RedisPatterns.InMemory;

namespace RedisPatterns.Testing.Tests.Conformance;

public sealed class InMemoryBackend : IBackend
{
    public static string Name => "In memory";

    public static ValueTask<StoreLease> RentAsync(Servers servers)
    {
        var clock = new ManualTimeProvider();
        return new(new StoreLease(new InMemoryKeyValueStore(clock), clock, disposesStore: true));
    }
}
