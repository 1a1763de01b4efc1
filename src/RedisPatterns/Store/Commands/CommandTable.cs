namespace RedisPatterns.Commands;

/// <summary>Every command that this library knows by name: one row each, in one file for each family.</summary>
public static partial class CommandTable
{
    // With it, looking at any member makes the rows first; without it, All could be empty until a row is used.
    static CommandTable()
    {
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<CommandDefinition> All => Registry.Rows;

    private static CommandDefinition Define(
        string name,
        CommandFamily family,
        CommandTraits traits,
        DataType keyType = DataType.None,
        int repeatFrom = -1,
        int repeatStep = 1)
    {
        var row = new CommandDefinition(name, family, traits, keyType, repeatFrom, repeatStep);
        Registry.Rows.Add(row);
        return row;
    }

    // A class of its own: it is ready before the first row of any part of the table is made.
    private static class Registry
    {
        public static readonly List<CommandDefinition> Rows = [];
    }
}
