namespace RedisPatterns;

/// <summary>What a server can do beyond the commands that every Redis has.</summary>
[Flags]
public enum StoreFeatures
{
    /// <summary>Nothing beyond.</summary>
    None = 0,

    /// <summary>Lua scripts, or their twins in memory.</summary>
    Scripts = 1,

    /// <summary>Redis Functions.</summary>
    Functions = 2,

    /// <summary>Streams and consumer groups.</summary>
    Streams = 4,

    /// <summary>A time to live for single hash fields.</summary>
    HashFieldExpiry = 8,

    /// <summary>The JSON commands.</summary>
    Json = 16,

    /// <summary>The Search commands.</summary>
    Search = 32,

    /// <summary>The time-series commands.</summary>
    TimeSeries = 64,

    /// <summary>Keys are spread over nodes by hash slot.</summary>
    Cluster = 128,

    /// <summary>A script may touch keys that it did not declare, if they share the slot of those it did.</summary>
    UndeclaredScriptKeys = 256,

    /// <summary>Publish and subscribe.</summary>
    PubSub = 512,

    /// <summary><c>DUMP</c> and <c>RESTORE</c> work on keys of every type.</summary>
    Dump = 1024,

    /// <summary>The keys lie in the order of their bytes, and a range of them can be read: <see cref="Commands.Keys.Range"/>. No Redis has it.</summary>
    OrderedKeys = 2048,
}
