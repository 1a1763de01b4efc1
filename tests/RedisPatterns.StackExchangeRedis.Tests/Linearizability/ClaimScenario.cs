namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Entities that claim unique values from each other.</summary>
internal sealed class ClaimScenario : Scenario<ClaimScenario.Claims>
{
    private static readonly MemberModel Model = new();
    private static readonly string[] Ids = ["a", "b", "c"];
    private static readonly string[] Emails = ["x", "y"];

    public override Claims Initial { get; } = new("", "", "");

    public override (Claims State, string Output) Apply(Claims state, Call input)
    {
        var isTaken = Ids.Any(id => id != input.Subject && state.Of(id) == input.Value);
        return input.Verb switch
        {
            "find" => (state, Ids.FirstOrDefault(id => state.Of(id) == input.Value) ?? "none"),
            "insert" when state.Of(input.Subject).Length > 0 => (state, "exists"),
            "delete" => (state.With(input.Subject, ""), state.Of(input.Subject).Length > 0 ? "deleted" : "nothing"),
            _ => isTaken ? (state, "duplicate") : (state.With(input.Subject, input.Value), "done"),
        };
    }

    public override Call Next(Random dice, string? last, string mark)
    {
        var (id, email) = (Ids[dice.Next(Ids.Length)], Emails[dice.Next(Emails.Length)]);
        return dice.Next(8) switch
        {
            0 or 1 or 2 => new("insert", id, email),
            3 or 4 => new("upsert", id, email),
            5 => new("delete", id),
            _ => new("find", Value: email),
        };
    }

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        var members = store.Keyspace("lin", history).Repository<Member, MemberModel>(Model);
        var member = new Member(call.Subject, call.Value, "on", mark, 30);
        try
        {
            switch (call.Verb)
            {
                case "find":
                    return (await members.FindAsync(model => model.ByEmail, call.Value))?.Id ?? "none";
                case "insert":
                    await members.InsertAsync(member);
                    return "done";
                case "delete":
                    return await members.DeleteAsync(call.Subject) ? "deleted" : "nothing";
                default:
                    await members.UpsertAsync(member);
                    return "done";
            }
        }
        catch (EntityExistsException)
        {
            return "exists";
        }
        catch (DuplicateValueException)
        {
            return "duplicate";
        }
    }

    internal sealed record Claims(string A, string B, string C)
    {
        public string Of(string id) => id switch
        {
            "a" => A,
            "b" => B,
            _ => C,
        };

        public Claims With(string id, string email) => id switch
        {
            "a" => this with { A = email },
            "b" => this with { B = email },
            _ => this with { C = email },
        };
    }
}
