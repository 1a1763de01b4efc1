namespace RedisPatterns;

/// <summary>How a <see cref="RateLimitRule"/> counts.</summary>
public enum RateLimitKind
{
    /// <summary>A window begins with its first permit and ends after its time; then all permits are there again.</summary>
    FixedWindow,

    /// <summary>In any stretch of the time no more than so many: exact, since each permit's moment is kept.</summary>
    SlidingWindow,

    /// <summary>A bucket that fills steadily; what it holds may be taken at once.</summary>
    TokenBucket,
}
