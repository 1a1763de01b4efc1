namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>SADD key member [member ...]</c>.</summary>
    public static CommandDefinition SAdd { get; } = Define("SADD", CommandFamily.Sets, WriteGrows, DataType.Set, repeatFrom: 1);

    /// <summary><c>SREM key member [member ...]</c>.</summary>
    public static CommandDefinition SRem { get; } = Define("SREM", CommandFamily.Sets, CommandTraits.Write, DataType.Set, repeatFrom: 1);

    /// <summary><c>SMEMBERS key</c>.</summary>
    public static CommandDefinition SMembers { get; } = Define("SMEMBERS", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SISMEMBER key member</c>.</summary>
    public static CommandDefinition SIsMember { get; } = Define("SISMEMBER", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SMISMEMBER key member [member ...]</c>.</summary>
    public static CommandDefinition SMIsMember { get; } = Define("SMISMEMBER", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SCARD key</c>.</summary>
    public static CommandDefinition SCard { get; } = Define("SCARD", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SPOP key [count]</c>.</summary>
    public static CommandDefinition SPop { get; } = Define("SPOP", CommandFamily.Sets, CommandTraits.Write, DataType.Set);

    /// <summary><c>SRANDMEMBER key [count]</c>.</summary>
    public static CommandDefinition SRandMember { get; } = Define("SRANDMEMBER", CommandFamily.Sets, CommandTraits.Unrepeatable, DataType.Set);

    /// <summary><c>SMOVE source destination member</c>.</summary>
    public static CommandDefinition SMove { get; } = Define("SMOVE", CommandFamily.Sets, CommandTraits.Write, DataType.Set);

    /// <summary><c>SSCAN key cursor [options]</c>.</summary>
    public static CommandDefinition SScan { get; } = Define("SSCAN", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SINTER key [key ...]</c>.</summary>
    public static CommandDefinition SInter { get; } = Define("SINTER", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SUNION key [key ...]</c>.</summary>
    public static CommandDefinition SUnion { get; } = Define("SUNION", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SDIFF key [key ...]</c>.</summary>
    public static CommandDefinition SDiff { get; } = Define("SDIFF", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SINTERCARD numkeys key [key ...] [LIMIT limit]</c>.</summary>
    public static CommandDefinition SInterCard { get; } = Define("SINTERCARD", CommandFamily.Sets, CommandTraits.None, DataType.Set);

    /// <summary><c>SINTERSTORE destination key [key ...]</c>; the destination may hold anything.</summary>
    public static CommandDefinition SInterStore { get; } = Define("SINTERSTORE", CommandFamily.Sets, WriteGrows);

    /// <summary><c>SUNIONSTORE destination key [key ...]</c>; the destination may hold anything.</summary>
    public static CommandDefinition SUnionStore { get; } = Define("SUNIONSTORE", CommandFamily.Sets, WriteGrows);

    /// <summary><c>SDIFFSTORE destination key [key ...]</c>; the destination may hold anything.</summary>
    public static CommandDefinition SDiffStore { get; } = Define("SDIFFSTORE", CommandFamily.Sets, WriteGrows);
}
