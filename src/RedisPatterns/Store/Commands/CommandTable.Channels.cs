namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>PUBLISH channel message</c>.</summary>
    public static CommandDefinition Publish { get; } = Define("PUBLISH", CommandFamily.Channels, CommandTraits.Write | CommandTraits.Keyless);
}
