using System.Globalization;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>One entity with a version: inserts, updates of the version last seen, deletes and reads.</summary>
internal sealed class VersionScenario : Scenario<VersionScenario.Stored>
{
    private static readonly MemberModel Model = new();

    public override Stored Initial { get; } = new(0, "");

    public override (Stored State, string Output) Apply(Stored state, Call input) => input.Verb switch
    {
        "read" => (state, state.Version == 0 ? "none" : state.ToString()),
        "insert" => state.Version == 0 ? Written(new(1, input.Value)) : (state, "exists"),
        "delete" => (Initial, state.Version == 0 ? "nothing" : "deleted"),
        _ when state.Version == 0 => (state, "not found"),
        _ => state.Version == input.Number ? Written(new(state.Version + 1, input.Value)) : (state, "conflict"),
    };

    public override Call Next(Random dice, string? last, string mark) => dice.Next(10) switch
    {
        0 or 1 => new("insert", Value: mark),
        2 => new("delete"),
        3 or 4 => new("read"),
        _ => new("update", Value: mark, Number: VersionIn(last) ?? dice.Next(1, 4)),
    };

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        var members = store.Keyspace("lin", history).Repository<Member, MemberModel>(Model);
        var member = new Member("one", "one@example.com", "on", call.Value, 30, call.Number);
        try
        {
            return call.Verb switch
            {
                "read" => await members.GetAsync("one") is { } found ? Text(found) : "none",
                "insert" => Text(await members.InsertAsync(member)),
                "delete" => await members.DeleteAsync("one") ? "deleted" : "nothing",
                _ => Text(await members.UpdateAsync(member)),
            };
        }
        catch (EntityExistsException)
        {
            return "exists";
        }
        catch (EntityNotFoundException)
        {
            return "not found";
        }
        catch (VersionConflictException)
        {
            return "conflict";
        }
    }

    private static (Stored State, string Output) Written(Stored state) => (state, state.ToString());

    private static string Text(Member member) => new Stored(member.Version, member.City).ToString();

    private static long? VersionIn(string? output) => output is ['v', .. var rest]
        ? long.Parse(rest.Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    internal sealed record Stored(long Version, string City)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"v{Version} {City}");
    }
}
