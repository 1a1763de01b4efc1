namespace RedisPatterns;

/// <summary>How long one who tries again rests before it does.</summary>
internal static class Pause
{
    /// <summary>A time drawn between nothing and a bound that doubles with each attempt, so that those who met do not meet again.</summary>
    /// <param name="shortest">The bound before the second attempt.</param>
    /// <param name="longest">The greatest bound.</param>
    /// <param name="failedAttempts">How many attempts have failed; 1 or more.</param>
    public static TimeSpan Draw(TimeSpan shortest, TimeSpan longest, int failedAttempts) =>
        TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(longest.TotalMilliseconds, shortest.TotalMilliseconds * Math.Pow(2, failedAttempts - 1)));
}
