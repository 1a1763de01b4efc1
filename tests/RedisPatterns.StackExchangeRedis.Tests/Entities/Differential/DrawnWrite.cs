namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A write of a change.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Add">Adds it to a change, and gives what tells of its outcome after the commit.</param>
internal sealed record DrawnWrite(string Text, Func<EntitySide, Change, Func<string>> Add);
