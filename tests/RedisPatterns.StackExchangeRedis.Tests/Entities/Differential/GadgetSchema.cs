namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>The schema version of a model of gadgets, and what it does with data of others.</summary>
internal enum GadgetSchema
{
    First,
    FirstDeclared,
    FirstPreserving,
    Second,
    SecondWritingBack,
    SecondPreserving,
}
