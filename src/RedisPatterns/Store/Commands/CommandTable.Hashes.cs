namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>HGET key field</c>.</summary>
    public static CommandDefinition HGet { get; } = Define("HGET", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HMGET key field [field ...]</c>.</summary>
    public static CommandDefinition HMGet { get; } = Define("HMGET", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HSET key field value [field value ...]</c>.</summary>
    public static CommandDefinition HSet { get; } = Define("HSET", CommandFamily.Hashes, WriteGrows, DataType.Hash, repeatFrom: 1, repeatStep: 2);

    /// <summary><c>HSETNX key field value</c>.</summary>
    public static CommandDefinition HSetNx { get; } = Define("HSETNX", CommandFamily.Hashes, WriteGrows, DataType.Hash);

    /// <summary><c>HDEL key field [field ...]</c>.</summary>
    public static CommandDefinition HDel { get; } = Define("HDEL", CommandFamily.Hashes, CommandTraits.Write, DataType.Hash, repeatFrom: 1);

    /// <summary><c>HEXISTS key field</c>.</summary>
    public static CommandDefinition HExists { get; } = Define("HEXISTS", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HGETALL key</c>.</summary>
    public static CommandDefinition HGetAll { get; } = Define("HGETALL", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HKEYS key</c>.</summary>
    public static CommandDefinition HKeys { get; } = Define("HKEYS", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HVALS key</c>.</summary>
    public static CommandDefinition HVals { get; } = Define("HVALS", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HLEN key</c>.</summary>
    public static CommandDefinition HLen { get; } = Define("HLEN", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HSTRLEN key field</c>.</summary>
    public static CommandDefinition HStrLen { get; } = Define("HSTRLEN", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HINCRBY key field increment</c>.</summary>
    public static CommandDefinition HIncrBy { get; } = Define("HINCRBY", CommandFamily.Hashes, WriteGrows, DataType.Hash);

    /// <summary><c>HINCRBYFLOAT key field increment</c>.</summary>
    public static CommandDefinition HIncrByFloat { get; } = Define("HINCRBYFLOAT", CommandFamily.Hashes, WriteGrows, DataType.Hash);

    /// <summary><c>HRANDFIELD key [count [WITHVALUES]]</c>.</summary>
    public static CommandDefinition HRandField { get; } = Define("HRANDFIELD", CommandFamily.Hashes, CommandTraits.Unrepeatable, DataType.Hash);

    /// <summary><c>HSCAN key cursor [options]</c>.</summary>
    public static CommandDefinition HScan { get; } = Define("HSCAN", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HPEXPIRE key milliseconds [condition] FIELDS count field [field ...]</c>.</summary>
    public static CommandDefinition HPExpire { get; } = Define("HPEXPIRE", CommandFamily.Hashes, WriteGrows, DataType.Hash);

    /// <summary><c>HPEXPIREAT key unix-time-milliseconds [condition] FIELDS count field [field ...]</c>.</summary>
    public static CommandDefinition HPExpireAt { get; } = Define("HPEXPIREAT", CommandFamily.Hashes, WriteGrows, DataType.Hash);

    /// <summary><c>HPTTL key FIELDS count field [field ...]</c>.</summary>
    public static CommandDefinition HPTtl { get; } = Define("HPTTL", CommandFamily.Hashes, CommandTraits.Unrepeatable, DataType.Hash);

    /// <summary><c>HPEXPIRETIME key FIELDS count field [field ...]</c>.</summary>
    public static CommandDefinition HPExpireTime { get; } = Define("HPEXPIRETIME", CommandFamily.Hashes, CommandTraits.None, DataType.Hash);

    /// <summary><c>HPERSIST key FIELDS count field [field ...]</c>.</summary>
    public static CommandDefinition HPersist { get; } = Define("HPERSIST", CommandFamily.Hashes, CommandTraits.Write, DataType.Hash);
}
