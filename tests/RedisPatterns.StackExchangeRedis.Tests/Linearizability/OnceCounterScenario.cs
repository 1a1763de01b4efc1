using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>A counter whose increments are batches that are repeated under one idempotency key until they are answered: each counts once.</summary>
internal sealed class OnceCounterScenario : Scenario<long>
{
    private const int MostTries = 100;

    public override long Initial => 0;

    public override (long State, string Output) Apply(long state, Call input) =>
        input.Verb == "read" ? (state, $"{state}") : (state + input.Number, $"{state + input.Number}");

    public override Call Next(Random dice, string? last, string mark) =>
        dice.Next(3) == 0 ? new("read") : new("add", Number: dice.Next(1, 4));

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        StoreKey key = $"{{{history}}}counter";
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (call.Verb == "read")
                {
                    return (await store.SendAsync(Strings.Get(key))).AsText() ?? "0";
                }

                var batch = new AtomicBatch().RememberAs($"{{{history}}}once:{mark}", TimeSpan.FromMinutes(10));
                var sum = batch.Add(Strings.Increment(key, call.Number));
                (await store.CommitAsync(batch)).EnsureCommitted();
                return sum.Value.ToString(CultureInfo.InvariantCulture);
            }
            catch (StoreException e) when (tries < MostTries && e is StoreTimeoutException or StoreConnectionException)
            {
                // Not known whether it was counted: the same batch is sent again.
            }
        }
    }
}
