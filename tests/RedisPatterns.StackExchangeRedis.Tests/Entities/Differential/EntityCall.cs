namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What a step does.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Run">Does it, and tells what came of it.</param>
internal sealed record EntityCall(string Text, Func<EntitySide, Task<string>> Run);
