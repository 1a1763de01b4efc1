namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What a model of gadgets declares.</summary>
internal sealed record GadgetVariant(string Name, EntityLayout Layout, bool HasVersion, GadgetIndexes Indexes, GadgetSchema Schema, GadgetExpiry Expiry)
{
    public bool HasEmailIndex => Indexes is GadgetIndexes.OfFields or GadgetIndexes.OfFunctions;
}
