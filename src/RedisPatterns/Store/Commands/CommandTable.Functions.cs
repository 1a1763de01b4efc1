namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    private const CommandTraits OfServer = CommandTraits.Keyless | CommandTraits.NotInBatch;

    /// <summary><c>FUNCTION LIST [LIBRARYNAME pattern] [WITHCODE]</c>.</summary>
    public static CommandDefinition FunctionList { get; } = Define("FUNCTION LIST", CommandFamily.Functions, OfServer);

    /// <summary><c>FUNCTION LOAD [REPLACE] code</c>.</summary>
    public static CommandDefinition FunctionLoad { get; } = Define("FUNCTION LOAD", CommandFamily.Functions, OfServer | WriteGrows);

    /// <summary><c>FUNCTION DELETE library</c>.</summary>
    public static CommandDefinition FunctionDelete { get; } = Define("FUNCTION DELETE", CommandFamily.Functions, OfServer | CommandTraits.Write);
}
