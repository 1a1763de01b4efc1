namespace RedisPatterns;

/// <summary>One of the conditions that every row of a query must pass.</summary>
/// <param name="Condition">What it asks for, in words: indexes and operators, no values.</param>
/// <param name="Index">The name of the index that can answer it alone; null when none can.</param>
/// <param name="Entries">How many entries that index has for it; null when none can.</param>
public sealed record QueryProbe(string Condition, string? Index, long? Entries);
