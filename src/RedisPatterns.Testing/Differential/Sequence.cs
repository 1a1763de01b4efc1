namespace RedisPatterns.Testing;

/// <summary>A generated sequence, which begins with no keys.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Pool">Its keys.</param>
/// <param name="IsTyped">Whether commands are sent as users send them, or with replies as they come.</param>
/// <param name="Steps">The steps.</param>
internal sealed record Sequence(long Seed, Pool Pool, bool IsTyped, IReadOnlyList<Step> Steps);
