namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>EXISTS key [key ...]</c>.</summary>
    public static CommandDefinition Exists { get; } = Define("EXISTS", CommandFamily.Keys, CommandTraits.None, repeatFrom: 0);

    /// <summary><c>DEL key [key ...]</c>.</summary>
    public static CommandDefinition Del { get; } = Define("DEL", CommandFamily.Keys, CommandTraits.Write, repeatFrom: 0);

    /// <summary><c>UNLINK key [key ...]</c>.</summary>
    public static CommandDefinition Unlink { get; } = Define("UNLINK", CommandFamily.Keys, CommandTraits.Write, repeatFrom: 0);

    /// <summary><c>TOUCH key [key ...]</c>.</summary>
    public static CommandDefinition Touch { get; } = Define("TOUCH", CommandFamily.Keys, CommandTraits.None, repeatFrom: 0);

    /// <summary><c>PEXPIRE key milliseconds [condition]</c>.</summary>
    public static CommandDefinition PExpire { get; } = Define("PEXPIRE", CommandFamily.Keys, CommandTraits.Write);

    /// <summary><c>PEXPIREAT key unix-time-milliseconds [condition]</c>.</summary>
    public static CommandDefinition PExpireAt { get; } = Define("PEXPIREAT", CommandFamily.Keys, CommandTraits.Write);

    /// <summary><c>PTTL key</c>.</summary>
    public static CommandDefinition PTtl { get; } = Define("PTTL", CommandFamily.Keys, CommandTraits.Unrepeatable);

    /// <summary><c>PEXPIRETIME key</c>.</summary>
    public static CommandDefinition PExpireTime { get; } = Define("PEXPIRETIME", CommandFamily.Keys, CommandTraits.None);

    /// <summary><c>PERSIST key</c>.</summary>
    public static CommandDefinition Persist { get; } = Define("PERSIST", CommandFamily.Keys, CommandTraits.Write);

    /// <summary><c>TYPE key</c>.</summary>
    public static CommandDefinition Type { get; } = Define("TYPE", CommandFamily.Keys, CommandTraits.None);

    /// <summary><c>RENAME key newkey</c>.</summary>
    public static CommandDefinition Rename { get; } = Define("RENAME", CommandFamily.Keys, CommandTraits.Write);

    /// <summary><c>RENAMENX key newkey</c>.</summary>
    public static CommandDefinition RenameNx { get; } = Define("RENAMENX", CommandFamily.Keys, CommandTraits.Write);

    /// <summary><c>COPY source destination [REPLACE]</c>.</summary>
    public static CommandDefinition Copy { get; } = Define("COPY", CommandFamily.Keys, WriteGrows);

    /// <summary><c>RANDOMKEY</c>.</summary>
    public static CommandDefinition RandomKey { get; } = Define("RANDOMKEY", CommandFamily.Keys, CommandTraits.Keyless | CommandTraits.RepliesWithKeys | CommandTraits.Unrepeatable);

    /// <summary><c>DBSIZE</c>.</summary>
    public static CommandDefinition DbSize { get; } = Define("DBSIZE", CommandFamily.Keys, CommandTraits.Keyless);

    /// <summary><c>SCAN cursor [options]</c>.</summary>
    public static CommandDefinition Scan { get; } = Define("SCAN", CommandFamily.Keys, CommandTraits.Keyless | CommandTraits.RepliesWithKeys);

    /// <summary><c>KEYRANGE from to limit [REV]</c>; of stores with <see cref="StoreFeatures.OrderedKeys"/>, no Redis has it.</summary>
    public static CommandDefinition KeyRange { get; } = Define("KEYRANGE", CommandFamily.Keys, CommandTraits.RepliesWithKeys);
}
