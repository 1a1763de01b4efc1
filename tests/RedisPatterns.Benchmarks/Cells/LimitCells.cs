using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>One permit for one of a thousand subjects, of which each has enough.</summary>
internal static class LimitCells
{
    private const int SubjectCount = 1_000;
    private const long Permits = 1_000_000;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly string[] Subjects = [.. Enumerable.Range(0, SubjectCount).Select(number => $"subject{number}")];

    public static IEnumerable<Cell> Create(IKeyValueStore store, HandWrittenLimits hand)
    {
        var keyspace = store.Keyspace("ours");
        yield return Of(
            "limit, fixed window", keyspace.RateLimiter("window", RateLimitRule.FixedWindow(Permits, Period)), subject => hand.WindowAsync(subject, Permits, Period));
        yield return Of(
            "limit, token bucket", keyspace.RateLimiter("bucket", RateLimitRule.TokenBucket(Permits, Period)), subject => hand.BucketAsync(subject, Permits / Period.TotalSeconds, Permits));
    }

    private static Cell Of(string name, KeyspaceRateLimiter limiter, Func<string, Task<bool>> byHand) => new(
        name,
        QueryVariant.Of("ours", async i => (await limiter.AcquireAsync(Subjects[i % SubjectCount]).ConfigureAwait(false)).IsAllowed, Tell),
        QueryVariant.Of("script", i => byHand(Subjects[i % SubjectCount]), Tell))
    { Expected = "allowed" };

    private static string Tell(bool isAllowed) => isAllowed ? "allowed" : "refused";
}
