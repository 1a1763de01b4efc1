namespace RedisPatterns;

/// <summary>The least and the greatest of some values.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest; the same when there is one value.</param>
public sealed record Extremes<TValue>(TValue Minimum, TValue Maximum);
