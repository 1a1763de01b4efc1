namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A patch, or a step of one.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Apply">Adds it; what it is given beside is the version that is known.</param>
internal sealed record DrawnPatch(string Text, Action<Patch<Gadget, GadgetModel>, long> Apply);
