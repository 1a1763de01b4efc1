namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>SETBIT key offset value</c>.</summary>
    public static CommandDefinition SetBit { get; } = Define("SETBIT", CommandFamily.Bits, WriteGrows, DataType.String);

    /// <summary><c>GETBIT key offset</c>.</summary>
    public static CommandDefinition GetBit { get; } = Define("GETBIT", CommandFamily.Bits, CommandTraits.None, DataType.String);

    /// <summary><c>BITCOUNT key [start end [unit]]</c>.</summary>
    public static CommandDefinition BitCount { get; } = Define("BITCOUNT", CommandFamily.Bits, CommandTraits.None, DataType.String);

    /// <summary><c>BITPOS key bit [start [end [unit]]]</c>.</summary>
    public static CommandDefinition BitPos { get; } = Define("BITPOS", CommandFamily.Bits, CommandTraits.None, DataType.String);

    /// <summary><c>BITOP operation destination key [key ...]</c>; the destination may hold anything.</summary>
    public static CommandDefinition BitOp { get; } = Define("BITOP", CommandFamily.Bits, WriteGrows);

    /// <summary><c>BITFIELD key [operation ...]</c>.</summary>
    public static CommandDefinition BitField { get; } = Define("BITFIELD", CommandFamily.Bits, WriteGrows, DataType.String);

    /// <summary><c>BITFIELD_RO key [GET ...]</c>.</summary>
    public static CommandDefinition BitFieldRo { get; } = Define("BITFIELD_RO", CommandFamily.Bits, CommandTraits.None, DataType.String);
}
