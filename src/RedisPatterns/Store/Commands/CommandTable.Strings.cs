namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    private const CommandTraits WriteGrows = CommandTraits.Write | CommandTraits.Grows;

    /// <summary><c>GET key</c>.</summary>
    public static CommandDefinition Get { get; } = Define("GET", CommandFamily.Strings, CommandTraits.None, DataType.String);

    /// <summary><c>MGET key [key ...]</c>; a key of another type reads as nothing.</summary>
    public static CommandDefinition MGet { get; } = Define("MGET", CommandFamily.Strings, CommandTraits.None);

    /// <summary><c>SET key value [options]</c>.</summary>
    public static CommandDefinition Set { get; } = Define("SET", CommandFamily.Strings, WriteGrows);

    /// <summary><c>MSET key value [key value ...]</c>.</summary>
    public static CommandDefinition MSet { get; } = Define("MSET", CommandFamily.Strings, WriteGrows);

    /// <summary><c>MSETNX key value [key value ...]</c>.</summary>
    public static CommandDefinition MSetNx { get; } = Define("MSETNX", CommandFamily.Strings, WriteGrows);

    /// <summary><c>GETDEL key</c>.</summary>
    public static CommandDefinition GetDel { get; } = Define("GETDEL", CommandFamily.Strings, CommandTraits.Write, DataType.String);

    /// <summary><c>GETEX key [options]</c>.</summary>
    public static CommandDefinition GetEx { get; } = Define("GETEX", CommandFamily.Strings, CommandTraits.Write, DataType.String);

    /// <summary><c>INCRBY key increment</c>.</summary>
    public static CommandDefinition IncrBy { get; } = Define("INCRBY", CommandFamily.Strings, WriteGrows, DataType.String);

    /// <summary><c>INCRBYFLOAT key increment</c>.</summary>
    public static CommandDefinition IncrByFloat { get; } = Define("INCRBYFLOAT", CommandFamily.Strings, WriteGrows, DataType.String);

    /// <summary><c>APPEND key value</c>.</summary>
    public static CommandDefinition Append { get; } = Define("APPEND", CommandFamily.Strings, WriteGrows, DataType.String);

    /// <summary><c>GETRANGE key start end</c>.</summary>
    public static CommandDefinition GetRange { get; } = Define("GETRANGE", CommandFamily.Strings, CommandTraits.None, DataType.String);

    /// <summary><c>SETRANGE key offset value</c>.</summary>
    public static CommandDefinition SetRange { get; } = Define("SETRANGE", CommandFamily.Strings, WriteGrows, DataType.String);

    /// <summary><c>STRLEN key</c>.</summary>
    public static CommandDefinition StrLen { get; } = Define("STRLEN", CommandFamily.Strings, CommandTraits.None, DataType.String);
}
