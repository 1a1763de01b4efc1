namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A verb that writes an entity whole.</summary>
internal enum WriteVerb
{
    Insert,
    Update,
    Upsert,
}
