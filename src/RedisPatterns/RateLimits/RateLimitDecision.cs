namespace RedisPatterns;

/// <summary>Whether permits were given.</summary>
/// <param name="IsAllowed">Whether they were; if not, nothing was taken.</param>
/// <param name="Remaining">How many more could be taken at once now: the least of all rules.</param>
/// <param name="RetryAfter">When the same could be allowed, if nobody takes any until then; zero when it was.</param>
/// <param name="RefusedBy">The rule that holds longest against it, or null.</param>
public readonly record struct RateLimitDecision(bool IsAllowed, long Remaining, TimeSpan RetryAfter, RateLimitRule? RefusedBy);
