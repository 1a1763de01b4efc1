namespace RedisPatterns.Testing;

/// <summary>What a <see cref="DifferentialRun"/> does.</summary>
public sealed record DifferentialOptions
{
    private readonly long _commands = 200_000;
    private readonly int _sequenceLength = 250;
    private readonly int _workers = 2;
    private readonly TimeSpan _timeTolerance = TimeSpan.FromSeconds(30);

    /// <summary>How many commands are compared at least. Default: 200,000. At least 1.</summary>
    public long Commands
    {
        get => _commands;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _commands = value;
        }
    }

    /// <summary>The seed of the first sequence; the others count up from it. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many commands a sequence has, about: it begins with no keys. Default: 250. At least 1.</summary>
    public int SequenceLength
    {
        get => _sequenceLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _sequenceLength = value;
        }
    }

    /// <summary>How many sequences run at the same time, each on keys of its own. Default: 2. 1 to 64.</summary>
    public int Workers
    {
        get => _workers;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 64);
            _workers = value;
        }
    }

    /// <summary>By how much times to live and idle times may differ. Default: 30 seconds. Not negative, less than a minute.</summary>
    public TimeSpan TimeTolerance
    {
        get => _timeTolerance;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, TimeSpan.FromMinutes(1));
            _timeTolerance = value;
        }
    }

    /// <summary>The families whose commands are generated, or null for all. Default: null.</summary>
    public IReadOnlySet<CommandFamily>? Families { get; init; }

    /// <summary>Whether atomic batches are generated too. Default: true.</summary>
    public bool Batches { get; init; } = true;

    /// <summary>Whether atomic scripts are generated too, where both stores run them. Default: true.</summary>
    public bool Scripts { get; init; } = true;
}
