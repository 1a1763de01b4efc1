namespace RedisPatterns;

/// <summary>What a key holds.</summary>
public enum DataType
{
    /// <summary>The key does not exist.</summary>
    None,

    /// <summary>A string of bytes, also a bitmap or a HyperLogLog.</summary>
    String,

    /// <summary>A list.</summary>
    List,

    /// <summary>A set.</summary>
    Set,

    /// <summary>A sorted set, also a geo index.</summary>
    SortedSet,

    /// <summary>A hash.</summary>
    Hash,

    /// <summary>A stream.</summary>
    Stream,

    /// <summary>A type of a module, or one that this library does not know.</summary>
    Other,
}
