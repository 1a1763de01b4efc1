using RedisPatterns;
using RedisPatterns.Testing;

namespace Checkout.Tests;

/// <summary>Stores whose calls get lost.</summary>
internal static class Faulty
{
    /// <summary>One call of fifty does not reach the store, and of one in fifty the answer is lost.</summary>
    public static ChaosStore Store(IKeyValueStore inner, int seed = 1) => new(
        inner,
        new ChaosOptions
        {
            Seed = seed,
            Rules = [new() { Fault = ChaosFault.BeforeSend, Probability = 0.02 }, new() { Fault = ChaosFault.AfterEffect, Probability = 0.02 }],
        },
        ownsInner: false);

    /// <summary>The n-th call is struck.</summary>
    public static ChaosStore AtCall(IKeyValueStore inner, ChaosFault fault, long call) =>
        new(inner, new ChaosOptions { Rules = [new() { Fault = fault, AtCall = call }] }, ownsInner: false);

    /// <summary>Workers that run until each of so many pieces of work was taken by one of them.</summary>
    public static Task AtOnceAsync(int workers, int count, Func<int, Task> work)
    {
        var taken = -1;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref taken) is var i && i < count)
            {
                await work(i);
            }
        })));
    }
}
