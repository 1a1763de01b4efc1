using System.Collections.Concurrent;
using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Clients that take a lock for reading or writing, write under it and give it back, while leases may run out.</summary>
internal sealed class ReadWriteLockScenario : Scenario<ReadWriteLockScenario.Held>
{
    private static readonly LockOptions Options = new() { Renews = false };

    private static readonly AtomicScript<long> RunOut = new(
        "run out",
        "for _,who in ipairs(redis.call('ZRANGE',KEYS[1],0,-1)) do redis.call('ZADD',KEYS[1],1,who) end return 1",
        Replies.Int64,
        static context =>
        {
            foreach (var who in context.Call(SortedSets.Range(context.Keys[0], RankRange.All)))
            {
                context.Call(SortedSets.Add(context.Keys[0], who, 1));
            }

            return StoreReply.Integer(1);
        });

    private readonly ConcurrentDictionary<(string History, string Mark), Lease> _leases = new();

    public override Held Initial => new("", "", 0);

    public override (Held State, string Output) Apply(Held state, Call input)
    {
        switch (input.Verb)
        {
            case "run out":
                return (new("", state.Living + state.Past, state.Writes), "done");
            case "give":
                return (state.Without(input.Value), "given");
            case "write":
                return state.Has(input.Value)
                    ? (state with { Writes = state.Writes + 1 }, string.Create(CultureInfo.InvariantCulture, $"has {input.Value} {state.Writes + 1}"))
                    : (state, "lost");
        }

        // Who asks removes what has run out, whether it gets in or not.
        var isWriter = input.Verb == "write lock";
        return state.Living.Contains('!') || (isWriter && state.Living.Length > 0)
            ? (state with { Past = "" }, "held")
            : (new(state.Living + (isWriter ? "!" : "") + input.Value + ",", "", state.Writes), $"has {input.Value}");
    }

    public override Call Next(Random dice, string? last, string mark)
    {
        var own = last is not null && last.StartsWith("has ", StringComparison.Ordinal) ? last.Split(' ')[1] : null;
        return own is null ? new(dice.Next(6) switch { 0 => "run out", 1 or 2 => "write lock", _ => "read lock" }, Value: mark)
            : dice.Next(6) switch
            {
                0 => new("run out"),
                1 or 2 => new("give", Value: own),
                _ => new("write", Value: own),
            };
    }

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        var keyspace = store.Keyspace("lin", history);
        var locks = keyspace.ReadWriteLock("catalogue", Options);
        switch (call.Verb)
        {
            case "read lock" or "write lock":
                var taken = call.Verb == "read lock" ? await locks.TryAcquireReadAsync("a") : await locks.TryAcquireWriteAsync("a");
                if (taken is null)
                {
                    return "held";
                }

                _leases[(history, mark)] = taken;
                return $"has {mark}";
            case "write":
                var batch = new AtomicBatch().When(_leases[(history, call.Value)].Condition);
                var writes = batch.Add(Strings.Increment($"{keyspace.Tag}:writes"));
                return (await store.CommitAsync(batch)).IsCommitted ? string.Create(CultureInfo.InvariantCulture, $"has {call.Value} {writes.Value}") : "lost";
            case "give":
                await _leases[(history, call.Value)].DisposeAsync();
                return "given";
            default:
                // What the passing of time does to all of them, done at once.
                await store.EvaluateAsync(RunOut.With([$"{keyspace.Tag}:rwlock:catalogue:a"], []));
                return "done";
        }
    }

    /// <summary>Who is in: names, each with a comma behind it, a writer's with an exclamation mark before it.</summary>
    internal sealed record Held(string Living, string Past, long Writes)
    {
        public bool Has(string who) => Names(Living + Past).Contains(who);

        public Held Without(string who) => new(Remove(Living, who), Remove(Past, who), Writes);

        private static IEnumerable<string> Names(string all) => all.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => name.TrimStart('!'));

        private static string Remove(string all, string who) => string.Concat(all.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(name => name.TrimStart('!') != who).Select(name => name + ","));
    }
}
