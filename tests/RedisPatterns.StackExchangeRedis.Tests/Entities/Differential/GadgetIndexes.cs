namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Which indexes a model of gadgets has.</summary>
internal enum GadgetIndexes
{
    None,
    Few,
    OfFields,
    OfFunctions,
}
