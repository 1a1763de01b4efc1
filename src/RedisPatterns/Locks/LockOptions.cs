namespace RedisPatterns;

/// <summary>How a <see cref="KeyspaceLock"/> is taken and kept.</summary>
public sealed class LockOptions
{
    /// <summary>The least <see cref="Lifetime"/>: 100 milliseconds.</summary>
    public static TimeSpan LeastLifetime { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The greatest <see cref="Lifetime"/>: a day.</summary>
    public static TimeSpan GreatestLifetime { get; } = TimeSpan.FromDays(1);

    internal static LockOptions Default { get; } = new();

    /// <summary>How long a lease lives that is not renewed; 30 seconds unless set, 100 milliseconds to a day.</summary>
    /// <remarks>So long nobody else gets the lock when its holder dies.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan Lifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastLifetime, nameof(Lifetime));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestLifetime, nameof(Lifetime));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a lease is renewed in the background, after each third of its lifetime, until it is disposed; true unless set.</summary>
    public bool Renews { get; init; } = true;

    /// <summary>Whether those who wait get the lock in the order in which they came; false unless set. All who take a lock must agree on it.</summary>
    public bool IsFair { get; init; }

    /// <summary>How long one who waits rests before it asks again, at most; a quarter of a second unless set, a millisecond to a minute.</summary>
    /// <remarks>It begins with a sixteenth and doubles, less up to a half at random, and never rests longer than the present lease can last.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan Rest
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1), nameof(Rest));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(1), nameof(Rest));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>The clock of this process's rests, renewals and of <see cref="Lease.Lost"/>; the system's unless set. The lock itself goes by the server's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
