namespace RedisPatterns;

/// <summary>How often and how fast a <see cref="RetryingKeyValueStore"/> sends again what got no answer.</summary>
public sealed class RetryOptions
{
    internal static RetryOptions Default { get; } = new();

    /// <summary>How often it is sent at most; 5 unless set, 1 to 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public int MaximumAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaximumAttempts));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000, nameof(MaximumAttempts));
            field = value;
        }
    } = 5;

    /// <summary>The bound of the pause before the second attempt; 10 milliseconds unless set. Each further one doubles it; how long it rests is drawn between nothing and the bound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan ShortestPause
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(ShortestPause));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(10);

    /// <summary>The greatest bound of a pause; a second unless set, at most an hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan LongestPause
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(LongestPause));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1), nameof(LongestPause));
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>The clock of the pauses; the system's unless set.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal TimeSpan DrawPause(int failedAttempts) => Pause.Draw(ShortestPause, LongestPause, failedAttempts);
}
