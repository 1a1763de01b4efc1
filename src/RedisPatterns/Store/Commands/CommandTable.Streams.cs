namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>XADD key [options] id field value [field value ...]</c>.</summary>
    public static CommandDefinition XAdd { get; } = Define("XADD", CommandFamily.Streams, WriteGrows, DataType.Stream);

    /// <summary><c>XTRIM key MAXLEN|MINID [=|~] threshold [LIMIT count]</c>.</summary>
    public static CommandDefinition XTrim { get; } = Define("XTRIM", CommandFamily.Streams, CommandTraits.Write, DataType.Stream);

    /// <summary><c>XDEL key id [id ...]</c>.</summary>
    public static CommandDefinition XDel { get; } = Define("XDEL", CommandFamily.Streams, CommandTraits.Write, DataType.Stream, repeatFrom: 1);

    /// <summary><c>XLEN key</c>.</summary>
    public static CommandDefinition XLen { get; } = Define("XLEN", CommandFamily.Streams, CommandTraits.None, DataType.Stream);

    /// <summary><c>XRANGE key start end [COUNT count]</c>.</summary>
    public static CommandDefinition XRange { get; } = Define("XRANGE", CommandFamily.Streams, CommandTraits.None, DataType.Stream);

    /// <summary><c>XREVRANGE key end start [COUNT count]</c>.</summary>
    public static CommandDefinition XRevRange { get; } = Define("XREVRANGE", CommandFamily.Streams, CommandTraits.None, DataType.Stream);

    /// <summary><c>XREAD [COUNT count] STREAMS key [key ...] id [id ...]</c>.</summary>
    public static CommandDefinition XRead { get; } = Define("XREAD", CommandFamily.Streams, CommandTraits.RepliesWithKeys, DataType.Stream);

    /// <summary><c>XGROUP CREATE key group id [MKSTREAM] [ENTRIESREAD number]</c>.</summary>
    public static CommandDefinition XGroupCreate { get; } = Define("XGROUP CREATE", CommandFamily.Streams, WriteGrows, DataType.Stream);

    /// <summary><c>XGROUP CREATECONSUMER key group consumer</c>.</summary>
    public static CommandDefinition XGroupCreateConsumer { get; } = Define("XGROUP CREATECONSUMER", CommandFamily.Streams, WriteGrows, DataType.Stream);

    /// <summary><c>XGROUP DELCONSUMER key group consumer</c>.</summary>
    public static CommandDefinition XGroupDelConsumer { get; } = Define("XGROUP DELCONSUMER", CommandFamily.Streams, CommandTraits.Write, DataType.Stream);

    /// <summary><c>XGROUP DESTROY key group</c>.</summary>
    public static CommandDefinition XGroupDestroy { get; } = Define("XGROUP DESTROY", CommandFamily.Streams, CommandTraits.Write, DataType.Stream);

    /// <summary><c>XGROUP SETID key group id [ENTRIESREAD number]</c>.</summary>
    public static CommandDefinition XGroupSetId { get; } = Define("XGROUP SETID", CommandFamily.Streams, CommandTraits.Write, DataType.Stream);

    /// <summary><c>XREADGROUP GROUP group consumer [COUNT count] [NOACK] STREAMS key [key ...] id [id ...]</c>.</summary>
    public static CommandDefinition XReadGroup { get; } = Define("XREADGROUP", CommandFamily.Streams, CommandTraits.Write | CommandTraits.RepliesWithKeys, DataType.Stream);

    /// <summary><c>XACK key group id [id ...]</c>.</summary>
    public static CommandDefinition XAck { get; } = Define("XACK", CommandFamily.Streams, CommandTraits.Write, DataType.Stream, repeatFrom: 2);

    /// <summary><c>XPENDING key group [[IDLE time] start end count [consumer]]</c>.</summary>
    public static CommandDefinition XPending { get; } = Define("XPENDING", CommandFamily.Streams, CommandTraits.Unrepeatable, DataType.Stream);

    /// <summary><c>XCLAIM key group consumer min-idle-time id [id ...] [options]</c>.</summary>
    public static CommandDefinition XClaim { get; } = Define("XCLAIM", CommandFamily.Streams, CommandTraits.Write, DataType.Stream);

    /// <summary><c>XAUTOCLAIM key group consumer min-idle-time start [COUNT count] [JUSTID]</c>.</summary>
    public static CommandDefinition XAutoClaim { get; } = Define("XAUTOCLAIM", CommandFamily.Streams, CommandTraits.Write, DataType.Stream);

    /// <summary><c>XINFO STREAM key</c>.</summary>
    public static CommandDefinition XInfoStream { get; } = Define("XINFO STREAM", CommandFamily.Streams, CommandTraits.None, DataType.Stream);

    /// <summary><c>XINFO GROUPS key</c>.</summary>
    public static CommandDefinition XInfoGroups { get; } = Define("XINFO GROUPS", CommandFamily.Streams, CommandTraits.None, DataType.Stream);

    /// <summary><c>XINFO CONSUMERS key group</c>.</summary>
    public static CommandDefinition XInfoConsumers { get; } = Define("XINFO CONSUMERS", CommandFamily.Streams, CommandTraits.Unrepeatable, DataType.Stream);

    /// <summary><c>XSETID key last-id [ENTRIESADDED number] [MAXDELETEDID id]</c>.</summary>
    public static CommandDefinition XSetId { get; } = Define("XSETID", CommandFamily.Streams, WriteGrows, DataType.Stream);
}
