namespace RedisPatterns.StackExchangeRedis;

/// <summary>What a <see cref="RedisKeyValueStore"/> does differently from the default.</summary>
public sealed record RedisKeyValueStoreOptions
{
    /// <summary>
    /// Which server single reads, pipelined reads and read-only scripts are sent to. Batches always go to the primary.
    /// Default: <see cref="ReadPreference.Primary"/>.
    /// </summary>
    public ReadPreference ReadPreference { get; init; } = ReadPreference.Primary;

    /// <summary>
    /// Whether Lua scripts may be used where the server has them. Without them a batch takes WATCH/MULTI/EXEC, which is
    /// several round trips and repeats when others write in between, and entities can be read but neither written nor queried.
    /// Default: true.
    /// </summary>
    public bool UseScripts { get; init; } = true;

    /// <summary>
    /// Whether batches call a function, of a library <c>redispatterns</c> that is loaded when it is missing, where the server has
    /// functions. They do the same as by the script; a server's backup and replicas then hold what they run. Default: false.
    /// </summary>
    public bool BatchesAsFunctions { get; init; }

    /// <summary>The index of the database, 0 to 15 on most servers, or -1 for that of the connection. A cluster has 0 alone. Default: -1.</summary>
    public int Database
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, -1);
            field = value;
        }
    }

    = -1;

    /// <summary>How often a batch without scripts is tried while others change what it depends on. 1 to 1,000. Default: 64.</summary>
    public int TransactionAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    }

    = 64;

    /// <summary>
    /// How long what a cluster can not do while a slot is moved from node to node is tried again: scripts, batches and commands
    /// of several keys. The server has done nothing of it then. Zero: not at all, and it fails with
    /// <see cref="ServerUnavailableException"/>. At most 2 minutes. Default: 30 seconds.
    /// </summary>
    public TimeSpan MovingSlotPatience
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(2));
            field = value;
        }
    }

    = TimeSpan.FromSeconds(30);

    /// <summary>The clock that pauses between attempts are measured by. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
