namespace RedisPatterns.TestServers;

/// <summary>What a <see cref="TestServer"/> is.</summary>
public enum TestServerKind
{
    /// <summary>A server that was there already, or one in a container: not ours to stop.</summary>
    External,

    /// <summary>A single <c>redis-server</c> of our own.</summary>
    Redis,

    /// <summary>Three masters of our own that share the slots.</summary>
    RedisCluster,

    /// <summary>A Garnet of our own, with Lua switched on.</summary>
    Garnet,
}
