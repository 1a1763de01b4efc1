namespace RedisPatterns;

/// <summary>How often and how fast an optimistic transaction is tried again.</summary>
public sealed class TransactionOptions
{
    private int _maximumAttempts = 16;
    private TimeSpan _shortestPause = TimeSpan.FromMilliseconds(1);
    private TimeSpan _longestPause = TimeSpan.FromMilliseconds(64);

    /// <summary>How often the body is run at most; 1 or more, by default 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int MaximumAttempts
    {
        get => _maximumAttempts;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maximumAttempts = value;
        }
    }

    /// <summary>
    /// The bound of the pause before the second attempt; each further one doubles it. How long it rests is drawn between
    /// nothing and the bound, so that those who met do not meet again. By default a millisecond.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan ShortestPause
    {
        get => _shortestPause;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _shortestPause = value;
        }
    }

    /// <summary>The greatest bound of a pause; by default 64 milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan LongestPause
    {
        get => _longestPause;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _longestPause = value;
        }
    }

    /// <summary>The clock of the pauses; by default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static TransactionOptions Default { get; } = new();

    internal TimeSpan DrawPause(int failedAttempts) => Pause.Draw(_shortestPause, _longestPause, failedAttempts);
}
