using RedisPatterns.InMemory;

namespace RedisPatterns.Testing.Tests.Conformance;

/// <summary>Every decorator that changes nothing, one around the other: chaos without faults, counting, telemetry.</summary>
public sealed class DecoratedBackend : IBackend
{
    public static string Name => "Chaos without faults, counted, observed and retried";

    public static ValueTask<StoreLease> RentAsync(Servers servers)
    {
        var clock = new ManualTimeProvider();
        var chaos = new ChaosStore(new InMemoryKeyValueStore(clock), new ChaosOptions(), clock);
        return new(new StoreLease(new RetryingKeyValueStore(new TelemetryKeyValueStore(new RoundTripCountingKeyValueStore(chaos)), new RetryOptions { TimeProvider = clock }), clock, disposesStore: true));
    }
}
