namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>LPUSH key element [element ...]</c>.</summary>
    public static CommandDefinition LPush { get; } = Define("LPUSH", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>RPUSH key element [element ...]</c>.</summary>
    public static CommandDefinition RPush { get; } = Define("RPUSH", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>LPUSHX key element [element ...]</c>.</summary>
    public static CommandDefinition LPushX { get; } = Define("LPUSHX", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>RPUSHX key element [element ...]</c>.</summary>
    public static CommandDefinition RPushX { get; } = Define("RPUSHX", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>LPOP key [count]</c>.</summary>
    public static CommandDefinition LPop { get; } = Define("LPOP", CommandFamily.Lists, CommandTraits.Write, DataType.List);

    /// <summary><c>RPOP key [count]</c>.</summary>
    public static CommandDefinition RPop { get; } = Define("RPOP", CommandFamily.Lists, CommandTraits.Write, DataType.List);

    /// <summary><c>LRANGE key start stop</c>.</summary>
    public static CommandDefinition LRange { get; } = Define("LRANGE", CommandFamily.Lists, CommandTraits.None, DataType.List);

    /// <summary><c>LINDEX key index</c>.</summary>
    public static CommandDefinition LIndex { get; } = Define("LINDEX", CommandFamily.Lists, CommandTraits.None, DataType.List);

    /// <summary><c>LLEN key</c>.</summary>
    public static CommandDefinition LLen { get; } = Define("LLEN", CommandFamily.Lists, CommandTraits.None, DataType.List);

    /// <summary><c>LSET key index element</c>.</summary>
    public static CommandDefinition LSet { get; } = Define("LSET", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>LINSERT key BEFORE|AFTER pivot element</c>.</summary>
    public static CommandDefinition LInsert { get; } = Define("LINSERT", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>LREM key count element</c>.</summary>
    public static CommandDefinition LRem { get; } = Define("LREM", CommandFamily.Lists, CommandTraits.Write, DataType.List);

    /// <summary><c>LTRIM key start stop</c>.</summary>
    public static CommandDefinition LTrim { get; } = Define("LTRIM", CommandFamily.Lists, CommandTraits.Write, DataType.List);

    /// <summary><c>LPOS key element [options]</c>.</summary>
    public static CommandDefinition LPos { get; } = Define("LPOS", CommandFamily.Lists, CommandTraits.None, DataType.List);

    /// <summary><c>LMOVE source destination LEFT|RIGHT LEFT|RIGHT</c>.</summary>
    public static CommandDefinition LMove { get; } = Define("LMOVE", CommandFamily.Lists, WriteGrows, DataType.List);

    /// <summary><c>LMPOP numkeys key [key ...] LEFT|RIGHT [COUNT count]</c>.</summary>
    public static CommandDefinition LMPop { get; } = Define("LMPOP", CommandFamily.Lists, CommandTraits.Write | CommandTraits.RepliesWithKeys, DataType.List);
}
