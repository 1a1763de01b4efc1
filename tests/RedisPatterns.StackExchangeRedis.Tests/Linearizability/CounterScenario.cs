using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>A counter: plain increments, whose outcome a fault leaves unknown.</summary>
internal sealed class CounterScenario : Scenario<long>
{
    public override long Initial => 0;

    public override (long State, string Output) Apply(long state, Call input) =>
        input.Verb == "read" ? (state, $"{state}") : (state + input.Number, $"{state + input.Number}");

    public override Call Next(Random dice, string? last, string mark) =>
        dice.Next(3) == 0 ? new("read") : new("add", Number: dice.Next(1, 4));

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        StoreKey key = $"{{{history}}}counter";
        return call.Verb == "read"
            ? (await store.SendAsync(Strings.Get(key))).AsText() ?? "0"
            : $"{await store.SendAsync(Strings.Increment(key, call.Number))}";
    }
}
