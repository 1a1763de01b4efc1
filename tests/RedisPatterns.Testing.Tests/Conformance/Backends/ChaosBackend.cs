using RedisPatterns.InMemory;

namespace RedisPatterns.Testing.Tests.Conformance;

/// <summary>One call in five fails before it is sent, and is repeated.</summary>
public sealed class ChaosBackend : IBackend
{
    public static string Name => "Chaos before the send, repeated";

    public static ValueTask<StoreLease> RentAsync(Servers servers)
    {
        var clock = new ManualTimeProvider();
        var options = new ChaosOptions { Seed = 42, Rules = [new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 0.2 }] };
        return new(new StoreLease(new RepeatingStore(new ChaosStore(new InMemoryKeyValueStore(clock), options, clock)), clock, disposesStore: true));
    }
}
