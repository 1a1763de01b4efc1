namespace RedisPatterns.Commands;

/// <summary>A range of scores; each end is included or excluded, and may be infinite.</summary>
/// <remarks><c>default</c> is the range that holds the score 0 only.</remarks>
public readonly record struct ScoreRange
{
    /// <summary>A range of scores.</summary>
    /// <param name="min">The lower end; negative infinity for none.</param>
    /// <param name="max">The upper end; positive infinity for none. A range whose ends are the wrong way round is empty.</param>
    /// <param name="excludeMin">Whether a score equal to the lower end is left out.</param>
    /// <param name="excludeMax">Whether a score equal to the upper end is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is NaN.</exception>
    public ScoreRange(double min, double max, bool excludeMin = false, bool excludeMax = false)
    {
        Min = Require.Number(min);
        Max = Require.Number(max);
        ExcludeMin = excludeMin;
        ExcludeMax = excludeMax;
    }

    /// <summary>All scores.</summary>
    public static ScoreRange All => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The lower end.</summary>
    public double Min { get; }

    /// <summary>The upper end.</summary>
    public double Max { get; }

    /// <summary>Whether a score equal to <see cref="Min"/> is left out.</summary>
    public bool ExcludeMin { get; }

    /// <summary>Whether a score equal to <see cref="Max"/> is left out.</summary>
    public bool ExcludeMax { get; }

    /// <summary>Scores from one to another, both included.</summary>
    /// <param name="min">The lower end.</param>
    /// <param name="max">The upper end.</param>
    public static ScoreRange Between(double min, double max) => new(min, max);

    /// <summary>One score.</summary>
    /// <param name="score">The score.</param>
    public static ScoreRange Exactly(double score) => new(score, score);

    /// <summary>Scores of at least so much.</summary>
    /// <param name="min">The lower end, included.</param>
    public static ScoreRange AtLeast(double min) => new(min, double.PositiveInfinity);

    /// <summary>Scores of more than so much.</summary>
    /// <param name="min">The lower end, excluded.</param>
    public static ScoreRange MoreThan(double min) => new(min, double.PositiveInfinity, excludeMin: true);

    /// <summary>Scores of at most so much.</summary>
    /// <param name="max">The upper end, included.</param>
    public static ScoreRange AtMost(double max) => new(double.NegativeInfinity, max);

    /// <summary>Scores of less than so much.</summary>
    /// <param name="max">The upper end, excluded.</param>
    public static ScoreRange LessThan(double max) => new(double.NegativeInfinity, max, excludeMax: true);

    internal StoreValue MinArgument => Argument(Min, ExcludeMin);

    internal StoreValue MaxArgument => Argument(Max, ExcludeMax);

    private static StoreValue Argument(double bound, bool exclude) => exclude ? "(" + StoreValue.FormatDouble(bound) : bound;
}
