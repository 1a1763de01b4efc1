using StackExchange.Redis;

namespace RedisPatterns.Testing.Tests.Conformance;

public sealed class RedisResp2Backend : IBackend
{
    public static string Name => "Redis, RESP2";

    public static async ValueTask<StoreLease> RentAsync(Servers servers) => new(await servers.RedisAsync(RedisProtocol.Resp2));
}

public sealed class RedisResp3Backend : IBackend
{
    public static string Name => "Redis, RESP3";

    public static async ValueTask<StoreLease> RentAsync(Servers servers) => new(await servers.RedisAsync(RedisProtocol.Resp3));
}

/// <summary>Batches by WATCH, MULTI and EXEC, as where scripts are switched off.</summary>
public sealed class RedisWithoutScriptsBackend : IBackend
{
    public static string Name => "Redis, without scripts";

    public static async ValueTask<StoreLease> RentAsync(Servers servers) => new(await servers.RedisAsync(RedisProtocol.Resp3, useScripts: false));
}

public sealed class RedisClusterBackend : IBackend
{
    public static string Name => "Redis Cluster";

    public static async ValueTask<StoreLease> RentAsync(Servers servers) => new(await servers.ClusterAsync());
}
