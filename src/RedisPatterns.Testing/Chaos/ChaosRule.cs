namespace RedisPatterns.Testing;

/// <summary>When something goes wrong, and what.</summary>
/// <remarks>A rule strikes at a numbered call, or by probability, or both.</remarks>
public sealed record ChaosRule
{
    private readonly double _probability;
    private readonly long _atCall;
    private readonly TimeSpan _delay;

    /// <summary>What goes wrong.</summary>
    public required ChaosFault Fault { get; init; }

    /// <summary>The kinds of calls that the rule is about. All by default.</summary>
    public ChaosOperations Operations { get; init; } = ChaosOperations.All;

    /// <summary>How likely a call is struck: 0, the default, is never and 1 is always.</summary>
    public double Probability
    {
        get => _probability;
        init => _probability = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), "A probability lies between 0 and 1.");
    }

    /// <summary>The call that is struck, counted from 1 among the calls that the rule is about; 0, the default, is none.</summary>
    public long AtCall
    {
        get => _atCall;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _atCall = value;
        }
    }

    /// <summary>How long <see cref="ChaosFault.Delay"/> holds a call up. Zero by default; not negative.</summary>
    public TimeSpan Delay
    {
        get => _delay;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _delay = value;
        }
    }
}
