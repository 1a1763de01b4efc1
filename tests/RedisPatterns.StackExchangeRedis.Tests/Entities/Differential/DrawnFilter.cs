namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A filter of a query.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Make">Makes it; null for everything.</param>
internal sealed record DrawnFilter(string Text, Func<GadgetModel, Filter<Gadget>>? Make);
