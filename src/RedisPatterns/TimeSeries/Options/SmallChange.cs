namespace RedisPatterns;

/// <summary>Which samples are not worth keeping: those that follow the latest closely and hardly differ from it.</summary>
/// <remarks>
/// A sample is left out when it is at or behind the latest of its series, by no more than <see cref="Within"/>, and its value differs by no
/// more than <see cref="UpTo"/>. A late sample is always kept.
/// </remarks>
public sealed record SmallChange
{
    /// <summary>Which samples are left out.</summary>
    /// <param name="within">How far behind the latest; a whole number of milliseconds, at least one.</param>
    /// <param name="upTo">By how much the value may differ; finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public SmallChange(TimeSpan within, double upTo)
    {
        SeriesTime.Length(within, nameof(within));
        if (!double.IsFinite(upTo) || upTo < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(upTo), "A small change is a finite number, 0 or more.");
        }

        (Within, UpTo) = (within, upTo);
    }

    /// <summary>How far behind the latest.</summary>
    public TimeSpan Within { get; }

    /// <summary>By how much the value may differ.</summary>
    public double UpTo { get; }
}
