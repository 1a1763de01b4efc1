using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Batches that replace a string and a hash field if they are what the client saw.</summary>
internal sealed class CompareAndSetScenario : Scenario<string>
{
    public override string Initial => "none";

    public override bool IsBySubject => true;

    public override (string State, string Output) Apply(string state, Call input) => input.Verb switch
    {
        "read" => (state, state),
        "create" => state == "none" ? (input.Value, "done") : (state, "refused"),
        _ => input.Value.Split('>') is [var old, var value] && state == old ? (value, "done") : (state, "refused"),
    };

    public override Call Next(Random dice, string? last, string mark)
    {
        var subject = dice.Next(2) == 0 ? "text" : "hash";
        return dice.Next(4) switch
        {
            0 => new("read", subject),
            1 => new("create", subject, mark),
            _ => new("replace", subject, $"{(last is null or "done" or "refused" or "none" ? "x" : last)}>{mark}"),
        };
    }

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        var isText = call.Subject == "text";
        StoreKey key = $"{{{history}}}{call.Subject}";
        if (call.Verb == "read")
        {
            return (await store.SendAsync(isText ? Strings.Get(key) : Hashes.Get(key, "f"))).AsText() ?? "none";
        }

        var parts = call.Value.Split('>');
        var batch = new AtomicBatch();
        batch.When((call.Verb, isText) switch
        {
            ("create", true) => BatchCondition.Absent(key),
            ("create", false) => BatchCondition.HashFieldAbsent(key, "f"),
            (_, true) => BatchCondition.StringEquals(key, parts[0]),
            _ => BatchCondition.HashFieldEquals(key, "f", parts[0]),
        });
        batch.Add(isText ? Strings.Set(key, parts[^1]) : Hashes.Set(key, "f", parts[^1]));
        return (await store.CommitAsync(batch)).Status == CommitStatus.Committed ? "done" : "refused";
    }
}
