namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A store under another identity, as another program would have it: models of one name may differ in each.</summary>
internal sealed class SameStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner);
