namespace RedisPatterns;

/// <summary>How many permits there are in how much time. Immutable.</summary>
public sealed record RateLimitRule
{
    /// <summary>The greatest number of permits of a rule: what is computed with them stays exact.</summary>
    public const long MaximumPermits = 1_000_000_000;

    /// <summary>The greatest number of permits of a sliding window, since each is kept.</summary>
    public const long MaximumSlidingPermits = 100_000;

    private const double LongestFillDays = 3_660;

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    private RateLimitRule(RateLimitKind kind, long permits, TimeSpan period, long burst)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, kind == RateLimitKind.SlidingWindow ? MaximumSlidingPermits : MaximumPermits);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestPeriod);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(burst, MaximumPermits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period.TotalDays / permits * burst, LongestFillDays, nameof(burst));
        Kind = kind;
        Permits = permits;
        Period = TimeSpan.FromMilliseconds(Math.Floor(period.TotalMilliseconds));
        Burst = burst;
    }

    /// <summary>How it counts.</summary>
    public RateLimitKind Kind { get; }

    /// <summary>How many permits there are in <see cref="Period"/>.</summary>
    public long Permits { get; }

    /// <summary>The time, in whole milliseconds.</summary>
    public TimeSpan Period { get; }

    /// <summary>How many permits can be taken at once.</summary>
    public long Burst { get; }

    /// <summary>
    /// A window that begins with its first permit. The cheapest: one counter. Around the end of a window twice as many may
    /// pass in a short time.
    /// </summary>
    /// <param name="permits">How many permits a window has; 1 to <see cref="MaximumPermits"/>.</param>
    /// <param name="period">How long it lasts; a millisecond to 366 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public static RateLimitRule FixedWindow(long permits, TimeSpan period) => new(RateLimitKind.FixedWindow, permits, period, permits);

    /// <summary>In any stretch of the time no more than so many. Exact; keeps a member of a sorted set for each permit.</summary>
    /// <param name="permits">How many; 1 to <see cref="MaximumSlidingPermits"/>.</param>
    /// <param name="period">The time; a millisecond to 366 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public static RateLimitRule SlidingWindow(long permits, TimeSpan period) => new(RateLimitKind.SlidingWindow, permits, period, permits);

    /// <summary>
    /// A bucket that is full at first and fills steadily. One number is kept (the generic cell rate algorithm of ATM: the
    /// moment at which the bucket will be full again).
    /// </summary>
    /// <param name="permits">How many permits come in the time; 1 to <see cref="MaximumPermits"/>.</param>
    /// <param name="period">The time; a millisecond to 366 days.</param>
    /// <param name="burst">How many the bucket holds; by default <paramref name="permits"/>; no more than come in 3,660 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public static RateLimitRule TokenBucket(long permits, TimeSpan period, long? burst = null) => new(RateLimitKind.TokenBucket, permits, period, burst ?? permits);

    /// <summary>The period in milliseconds.</summary>
    internal long Milliseconds => (long)Period.TotalMilliseconds;

    /// <summary>What the rule's keys end with: another kind or period counts anew.</summary>
    internal string Token => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Letter}{Milliseconds}");

    /// <summary>The kind in a script's form.</summary>
    internal char Letter => Kind switch
    {
        RateLimitKind.FixedWindow => 'f',
        RateLimitKind.SlidingWindow => 's',
        _ => 'b',
    };
}
