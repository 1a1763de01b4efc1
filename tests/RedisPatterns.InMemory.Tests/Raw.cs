using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

/// <summary>Commands by their names and arguments.</summary>
internal static class Raw
{
    private static readonly Dictionary<string, CommandDefinition> Rows = CommandTable.All.ToDictionary(row => row.Name);

    public static StoreCommand<StoreReply> Command(string name, params StoreValue[] arguments) => new(Rows[name], Replies.Raw, arguments);
}
