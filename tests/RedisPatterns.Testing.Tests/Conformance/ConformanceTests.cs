namespace RedisPatterns.Testing.Tests.Conformance;

// A class for each backend, so that they run side by side and a filter can name one.
public sealed class InMemoryConformance(Servers servers) : BackendConformance<InMemoryBackend>(servers);

public sealed class DecoratedConformance(Servers servers) : BackendConformance<DecoratedBackend>(servers);

public sealed class ChaosConformance(Servers servers) : BackendConformance<ChaosBackend>(servers);

public sealed class PrefixedConformance(Servers servers) : BackendConformance<PrefixedBackend>(servers);

public sealed class PrefixedRedisConformance(Servers servers) : BackendConformance<PrefixedRedisBackend>(servers);

public sealed class RedisResp2Conformance(Servers servers) : BackendConformance<RedisResp2Backend>(servers);

public sealed class RedisResp3Conformance(Servers servers) : BackendConformance<RedisResp3Backend>(servers);

public sealed class RedisWithoutScriptsConformance(Servers servers) : BackendConformance<RedisWithoutScriptsBackend>(servers);

public sealed class RedisClusterConformance(Servers servers) : BackendConformance<RedisClusterBackend>(servers);

public sealed class GarnetConformance(Servers servers) : BackendConformance<GarnetBackend>(servers);
