namespace RedisPatterns.Testing;

/// <summary>A generated sequence, which begins with no keys.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Pool">Its keys.</param>
/// <param name="Sending">How its commands are sent.</param>
/// <param name="Steps">The steps.</param>
internal sealed record Sequence(long Seed, Pool Pool, Sending Sending, IReadOnlyList<Step> Steps);
