using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>A counter that is read, added to and written back: wrong, to see that it is found.</summary>
internal sealed class CarelessCounterScenario : Scenario<long>
{
    public override long Initial => 0;

    public override (long State, string Output) Apply(long state, Call input) => (state + 1, $"{state + 1}");

    public override Call Next(Random dice, string? last, string mark) => new("add");

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        StoreKey key = $"{{{history}}}careless";
        var number = long.Parse((await store.SendAsync(Strings.Get(key))).AsText() ?? "0", CultureInfo.InvariantCulture);
        await Task.Yield();
        await store.SendAsync(Strings.Set(key, number + 1));
        return $"{number + 1}";
    }
}
