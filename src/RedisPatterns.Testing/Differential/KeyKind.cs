namespace RedisPatterns.Testing;

/// <summary>What a key of the pool is meant for; it may come to hold something else.</summary>
internal enum KeyKind
{
    String,
    Bits,
    HyperLogLog,
    Hash,
    Set,
    SortedSet,
    Geo,
    List,
    Stream,
}
