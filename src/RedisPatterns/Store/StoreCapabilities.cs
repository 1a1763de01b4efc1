using System.Collections.Frozen;

namespace RedisPatterns;

/// <summary>What a store's server is and can do; found out once, when the store connects.</summary>
/// <param name="Server">The server's name: <c>redis</c>, <c>valkey</c>, <c>garnet</c>, <c>memory</c>.</param>
/// <param name="Version">The version of Redis that it is, or claims to be like.</param>
/// <param name="Features">What it can do.</param>
public sealed record StoreCapabilities(string Server, Version Version, StoreFeatures Features)
{
    /// <summary>The names of commands of <see cref="Commands.CommandTable"/> that the server lacks; sending one fails at the call.</summary>
    public FrozenSet<string> MissingCommands { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Options that the server lacks, behind the name of their command: <c>SET PXAT</c>; sending one fails at the call.</summary>
    public FrozenSet<string> MissingOptions { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether the server has a feature.</summary>
    /// <param name="features">One feature, or several that must all be there.</param>
    public bool Has(StoreFeatures features) => (Features & features) == features;

    /// <summary>Whether the server knows a command.</summary>
    /// <param name="command">The command's row in the command table.</param>
    public bool Supports(CommandDefinition command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return !MissingCommands.Contains(command.Name);
    }

    /// <summary>Whether the server knows a command with its options.</summary>
    /// <param name="command">The command.</param>
    public bool Supports(StoreCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!Supports(command.Definition))
        {
            return false;
        }

        // Options stand behind key and value.
        for (var i = 2; MissingOptions.Count > 0 && i < command.ArgumentCount; i++)
        {
            if (command[i].TryGetText(out var word) && MissingOptions.Contains($"{command.Definition.Name} {word}"))
            {
                return false;
            }
        }

        return true;
    }
}
