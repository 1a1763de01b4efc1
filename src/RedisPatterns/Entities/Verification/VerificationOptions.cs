namespace RedisPatterns;

/// <summary>How a model's indexes are verified or repaired.</summary>
public sealed class VerificationOptions
{
    private int _maximumDifferences = 1_000;

    /// <summary>How many differences the report names; by default 1,000. All are counted, and told to <see cref="Found"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MaximumDifferences
    {
        get => _maximumDifferences;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maximumDifferences = value;
        }
    }

    /// <summary>Told of each difference when it is certain. Beyond <see cref="MaximumDifferences"/> one may be told of twice.</summary>
    public IProgress<IndexDrift>? Found { get; init; }

    /// <summary>Told after each batch how far it has come.</summary>
    public IProgress<VerificationProgress>? Progress { get; init; }

    /// <summary>How long it rests between batches, to leave the server to others; by default not at all.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The clock of <see cref="Pause"/>; by default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
