namespace RedisPatterns;

/// <summary>How <see cref="KeyspaceIdempotency{TResult}"/> runs operations and keeps their results.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>The greatest <see cref="Retention"/>: 366 days.</summary>
    public static TimeSpan GreatestRetention { get; } = TimeSpan.FromDays(366);

    internal static IdempotencyOptions Default { get; } = new();

    /// <summary>How long a result is kept; a day unless set, a second to 366 days. An operation that is repeated later is run again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan Retention
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1), nameof(Retention));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestRetention, nameof(Retention));
            field = value;
        }
    } = TimeSpan.FromDays(1);

    /// <summary>How long one who repeats an operation that still runs waits for its result; 30 seconds unless set, not at all when zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan Wait
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(Wait));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>The lease of an operation that runs: so long nobody runs it again when its process has died. The defaults of <see cref="LockOptions"/> unless set; <see cref="LockOptions.IsFair"/> has no meaning here.</summary>
    public LockOptions Run { get; init; } = LockOptions.Default;
}
