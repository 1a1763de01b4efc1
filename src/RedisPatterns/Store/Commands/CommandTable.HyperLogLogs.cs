namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>PFADD key [element ...]</c>.</summary>
    public static CommandDefinition PfAdd { get; } = Define("PFADD", CommandFamily.HyperLogLogs, WriteGrows, DataType.String);

    /// <summary><c>PFCOUNT key [key ...]</c>.</summary>
    public static CommandDefinition PfCount { get; } = Define("PFCOUNT", CommandFamily.HyperLogLogs, CommandTraits.None, DataType.String);

    /// <summary><c>PFMERGE destination [source ...]</c>.</summary>
    public static CommandDefinition PfMerge { get; } = Define("PFMERGE", CommandFamily.HyperLogLogs, WriteGrows, DataType.String);
}
