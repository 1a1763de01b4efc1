namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>ZADD key [options] score member [score member ...]</c>.</summary>
    public static CommandDefinition ZAdd { get; } = Define("ZADD", CommandFamily.SortedSets, WriteGrows, DataType.SortedSet, repeatFrom: 1, repeatStep: 2);

    /// <summary><c>ZINCRBY key increment member</c>.</summary>
    public static CommandDefinition ZIncrBy { get; } = Define("ZINCRBY", CommandFamily.SortedSets, WriteGrows, DataType.SortedSet);

    /// <summary><c>ZREM key member [member ...]</c>.</summary>
    public static CommandDefinition ZRem { get; } = Define("ZREM", CommandFamily.SortedSets, CommandTraits.Write, DataType.SortedSet, repeatFrom: 1);

    /// <summary><c>ZSCORE key member</c>.</summary>
    public static CommandDefinition ZScore { get; } = Define("ZSCORE", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZMSCORE key member [member ...]</c>.</summary>
    public static CommandDefinition ZMScore { get; } = Define("ZMSCORE", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZCARD key</c>.</summary>
    public static CommandDefinition ZCard { get; } = Define("ZCARD", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZCOUNT key min max</c>.</summary>
    public static CommandDefinition ZCount { get; } = Define("ZCOUNT", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZLEXCOUNT key min max</c>.</summary>
    public static CommandDefinition ZLexCount { get; } = Define("ZLEXCOUNT", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZRANK key member</c>.</summary>
    public static CommandDefinition ZRank { get; } = Define("ZRANK", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZREVRANK key member</c>.</summary>
    public static CommandDefinition ZRevRank { get; } = Define("ZREVRANK", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZRANGE key start stop [options]</c>.</summary>
    public static CommandDefinition ZRange { get; } = Define("ZRANGE", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZRANGESTORE destination source start stop [options]</c>; the destination is overwritten whatever it holds.</summary>
    public static CommandDefinition ZRangeStore { get; } = Define("ZRANGESTORE", CommandFamily.SortedSets, WriteGrows);

    /// <summary><c>ZREMRANGEBYRANK key start stop</c>.</summary>
    public static CommandDefinition ZRemRangeByRank { get; } = Define("ZREMRANGEBYRANK", CommandFamily.SortedSets, CommandTraits.Write, DataType.SortedSet);

    /// <summary><c>ZREMRANGEBYSCORE key min max</c>.</summary>
    public static CommandDefinition ZRemRangeByScore { get; } = Define("ZREMRANGEBYSCORE", CommandFamily.SortedSets, CommandTraits.Write, DataType.SortedSet);

    /// <summary><c>ZREMRANGEBYLEX key min max</c>.</summary>
    public static CommandDefinition ZRemRangeByLex { get; } = Define("ZREMRANGEBYLEX", CommandFamily.SortedSets, CommandTraits.Write, DataType.SortedSet);

    /// <summary><c>ZPOPMIN key [count]</c>.</summary>
    public static CommandDefinition ZPopMin { get; } = Define("ZPOPMIN", CommandFamily.SortedSets, CommandTraits.Write, DataType.SortedSet);

    /// <summary><c>ZPOPMAX key [count]</c>.</summary>
    public static CommandDefinition ZPopMax { get; } = Define("ZPOPMAX", CommandFamily.SortedSets, CommandTraits.Write, DataType.SortedSet);

    /// <summary><c>ZMPOP numkeys key [key ...] MIN|MAX [COUNT count]</c>.</summary>
    public static CommandDefinition ZMPop { get; } = Define("ZMPOP", CommandFamily.SortedSets, CommandTraits.Write | CommandTraits.RepliesWithKeys, DataType.SortedSet);

    /// <summary><c>ZRANDMEMBER key [count [WITHSCORES]]</c>.</summary>
    public static CommandDefinition ZRandMember { get; } = Define("ZRANDMEMBER", CommandFamily.SortedSets, CommandTraits.Unrepeatable, DataType.SortedSet);

    /// <summary><c>ZSCAN key cursor [options]</c>.</summary>
    public static CommandDefinition ZScan { get; } = Define("ZSCAN", CommandFamily.SortedSets, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>ZUNION numkeys key [key ...] [options]</c>; the sources may also be sets.</summary>
    public static CommandDefinition ZUnion { get; } = Define("ZUNION", CommandFamily.SortedSets, CommandTraits.None);

    /// <summary><c>ZINTER numkeys key [key ...] [options]</c>; the sources may also be sets.</summary>
    public static CommandDefinition ZInter { get; } = Define("ZINTER", CommandFamily.SortedSets, CommandTraits.None);

    /// <summary><c>ZDIFF numkeys key [key ...] [WITHSCORES]</c>; the sources may also be sets.</summary>
    public static CommandDefinition ZDiff { get; } = Define("ZDIFF", CommandFamily.SortedSets, CommandTraits.None);

    /// <summary><c>ZINTERCARD numkeys key [key ...] [LIMIT limit]</c>; the sources may also be sets.</summary>
    public static CommandDefinition ZInterCard { get; } = Define("ZINTERCARD", CommandFamily.SortedSets, CommandTraits.None);

    /// <summary><c>ZUNIONSTORE destination numkeys key [key ...] [options]</c>; the destination is overwritten whatever it holds.</summary>
    public static CommandDefinition ZUnionStore { get; } = Define("ZUNIONSTORE", CommandFamily.SortedSets, WriteGrows);

    /// <summary><c>ZINTERSTORE destination numkeys key [key ...] [options]</c>; the destination is overwritten whatever it holds.</summary>
    public static CommandDefinition ZInterStore { get; } = Define("ZINTERSTORE", CommandFamily.SortedSets, WriteGrows);

    /// <summary><c>ZDIFFSTORE destination numkeys key [key ...]</c>; the destination is overwritten whatever it holds.</summary>
    public static CommandDefinition ZDiffStore { get; } = Define("ZDIFFSTORE", CommandFamily.SortedSets, WriteGrows);

    // The options of ZADD stand before the repeated pairs; each number of them is a row of its own, and not listed.
    private static readonly CommandDefinition[] ZAddRows =
    [
        ZAdd,
        new("ZADD", CommandFamily.SortedSets, WriteGrows, DataType.SortedSet, repeatFrom: 2, repeatStep: 2),
        new("ZADD", CommandFamily.SortedSets, WriteGrows, DataType.SortedSet, repeatFrom: 3, repeatStep: 2),
        new("ZADD", CommandFamily.SortedSets, WriteGrows, DataType.SortedSet, repeatFrom: 4, repeatStep: 2),
    ];

    /// <summary><c>ZADD</c> with <c>INCR</c>, which takes one pair and answers its score.</summary>
    internal static CommandDefinition ZAddIncr { get; } = new("ZADD", CommandFamily.SortedSets, WriteGrows, DataType.SortedSet);

    /// <summary><c>ZADD</c> with so many words before the pairs.</summary>
    internal static CommandDefinition ZAddWith(int options) => ZAddRows[options];
}
