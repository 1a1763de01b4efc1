namespace RedisPatterns;

/// <summary>For which entities an id is generated.</summary>
/// <param name="Keyspace">The keyspace.</param>
/// <param name="Model">The name of the model.</param>
public readonly record struct IdGeneration(Keyspace Keyspace, string Model);
