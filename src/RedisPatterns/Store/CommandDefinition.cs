namespace RedisPatterns;

/// <summary>A row of the command table: the name of a command and what a store must know of it.</summary>
/// <remarks>There is one instance for each command; the built-in ones are in <see cref="Commands.CommandTable"/>.</remarks>
public sealed class CommandDefinition
{
    /// <summary>Defines a command.</summary>
    /// <param name="name">The name in capitals; a container command has its subcommand behind a space: <c>XGROUP CREATE</c>.</param>
    /// <param name="family">The family.</param>
    /// <param name="traits">What a store must know of it.</param>
    /// <param name="keyType">The type that the command's keys must have, or <see cref="DataType.None"/> when any will do.</param>
    /// <param name="repeatFrom">For a command that may be cut in pieces whose integer replies add up: the index of the first repeated argument, else -1.</param>
    /// <param name="repeatStep">The number of arguments of one repetition.</param>
    public CommandDefinition(
        string name,
        CommandFamily family,
        CommandTraits traits,
        DataType keyType = DataType.None,
        int repeatFrom = -1,
        int repeatStep = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeatStep, 1);
        Name = name;
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        Verb = space < 0 ? name : name[..space];
        Subcommand = space < 0 ? null : name[(space + 1)..];
        Family = family;
        Traits = traits;
        KeyType = keyType;
        RepeatFrom = repeatFrom;
        RepeatStep = repeatStep;
    }

    /// <summary>The whole name: <c>GET</c>, <c>XGROUP CREATE</c>.</summary>
    public string Name { get; }

    /// <summary>The first word of the name.</summary>
    public string Verb { get; }

    /// <summary>The second word of the name, sent before the arguments, or null.</summary>
    public string? Subcommand { get; }

    /// <summary>The family.</summary>
    public CommandFamily Family { get; }

    /// <summary>What a store must know of the command.</summary>
    public CommandTraits Traits { get; }

    /// <summary>The type that the command's keys must have, or <see cref="DataType.None"/> when any will do.</summary>
    public DataType KeyType { get; }

    /// <summary>The index of the first repeated argument of a command that may be cut in pieces, else -1.</summary>
    public int RepeatFrom { get; }

    /// <summary>The number of arguments of one repetition.</summary>
    public int RepeatStep { get; }

    /// <summary>Whether the command may change data.</summary>
    public bool IsWrite => (Traits & CommandTraits.Write) != 0;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
