using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>How work on many items is carried out.</summary>
public sealed class BulkOptions
{
    /// <summary>The greatest <see cref="MaximumInFlight"/>: 10,000.</summary>
    public const int GreatestInFlight = 10_000;

    internal static BulkOptions Default { get; } = new();

    /// <summary>How many items are on their way at once; 256 unless set, 1 to 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public int MaximumInFlight
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaximumInFlight));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, GreatestInFlight, nameof(MaximumInFlight));
            field = value;
        }
    } = 256;

    /// <summary>When the entities of an insert, update or upsert expire; what the model says unless set. Other verbs do not look at it.</summary>
    public Expiry Expiry { get; init; }

    /// <summary>Is told how far the work is: every <see cref="ProgressEvery"/> items and at the end; null for nobody.</summary>
    /// <remarks>It is called by whoever carries on the work, in order and never twice at once. What it throws stops the work.</remarks>
    public IProgress<BulkProgress>? Progress { get; init; }

    /// <summary>After how many items <see cref="Progress"/> is told again; 1,000 unless set, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int ProgressEvery
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(ProgressEvery));
            field = value;
        }
    } = 1_000;
}
