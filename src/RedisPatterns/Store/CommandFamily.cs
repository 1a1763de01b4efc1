namespace RedisPatterns;

/// <summary>The family that a command belongs to.</summary>
public enum CommandFamily
{
    /// <summary>Commands on keys whatever they hold.</summary>
    Keys,

    /// <summary>Strings.</summary>
    Strings,

    /// <summary>Hashes.</summary>
    Hashes,

    /// <summary>Sets.</summary>
    Sets,

    /// <summary>Sorted sets.</summary>
    SortedSets,

    /// <summary>Lists.</summary>
    Lists,

    /// <summary>Streams and their consumer groups.</summary>
    Streams,

    /// <summary>HyperLogLog.</summary>
    HyperLogLogs,

    /// <summary>Bitmaps and bit fields.</summary>
    Bits,

    /// <summary>Geo indexes.</summary>
    Geo,

    /// <summary>Publish and subscribe.</summary>
    Channels,

    /// <summary>The libraries of functions that a server holds.</summary>
    Functions,

    /// <summary>Commands that this library does not know by name: modules, future servers.</summary>
    Other,
}
