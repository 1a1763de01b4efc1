using System.Collections.Concurrent;
using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Clients that take a lock, write under it and give it back, while its lease may run out.</summary>
internal sealed class LockScenario : Scenario<(string Holder, bool HasRunOut, long Writes)>
{
    private static readonly LockOptions Options = new() { Renews = false };

    private static readonly AtomicScript<long> RunOut = new(
        "run out",
        """
        local owner,token=string.match(redis.call('GET',KEYS[1]) or '','^([^;]+);%d+;(%d+)$')
        if owner then redis.call('SET',KEYS[1],owner..';1;'..token,'KEEPTTL') end
        return 1
        """,
        Replies.Int64,
        static context =>
        {
            if (context.Call(Strings.Get(context.Keys[0])).AsText()?.Split(';') is [{ Length: > 0 } owner, _, var token])
            {
                context.Call(Strings.Set(context.Keys[0], $"{owner};1;{token}", Expiry.Keep));
            }

            return StoreReply.Integer(1);
        });

    private readonly ConcurrentDictionary<(string History, string Mark), Lease> _leases = new();

    public override (string Holder, bool HasRunOut, long Writes) Initial => ("", false, 0);

    public override ((string Holder, bool HasRunOut, long Writes) State, string Output) Apply((string Holder, bool HasRunOut, long Writes) state, Call input) => input.Verb switch
    {
        "take" when state.Holder.Length == 0 || state.HasRunOut => ((input.Value, false, state.Writes), $"has {input.Value}"),
        "take" => (state, "held"),
        "write" when state.Holder == input.Value => (state with { Writes = state.Writes + 1 }, string.Create(CultureInfo.InvariantCulture, $"has {input.Value} {state.Writes + 1}")),
        "write" => (state, "lost"),
        "give" => (state.Holder == input.Value ? ("", false, state.Writes) : state, "given"),
        _ => (state.Holder.Length > 0 ? state with { HasRunOut = true } : state, "done"),
    };

    public override Call Next(Random dice, string? last, string mark)
    {
        var own = last is not null && last.StartsWith("has ", StringComparison.Ordinal) ? last.Split(' ')[1] : null;
        return own is null ? dice.Next(6) == 0 ? new("run out") : new("take", Value: mark)
            : dice.Next(6) switch
            {
                0 => new("run out"),
                1 or 2 => new("give", Value: own),
                _ => new("write", Value: own),
            };
    }

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        var locks = store.Keyspace("lin", history).Lock("import", Options);
        switch (call.Verb)
        {
            case "take":
                if (await locks.TryAcquireAsync("a") is not { } taken)
                {
                    return "held";
                }

                _leases[(history, mark)] = taken;
                return $"has {mark}";
            case "write":
                var batch = new AtomicBatch().When(_leases[(history, call.Value)].Condition);
                var writes = batch.Add(Strings.Increment($"{store.Keyspace("lin", history).Tag}:writes"));
                return (await store.CommitAsync(batch)).IsCommitted ? string.Create(CultureInfo.InvariantCulture, $"has {call.Value} {writes.Value}") : "lost";
            case "give":
                await _leases[(history, call.Value)].DisposeAsync();
                return "given";
            default:
                // What the passing of time does, done at once.
                await store.EvaluateAsync(RunOut.With([$"{store.Keyspace("lin", history).Tag}:lock:import:a"], []));
                return "done";
        }
    }
}
