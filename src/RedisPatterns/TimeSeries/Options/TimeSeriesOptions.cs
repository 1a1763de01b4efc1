namespace RedisPatterns;

/// <summary>How the series of a <see cref="KeyspaceTimeSeries"/> are kept. All who use them must agree on it.</summary>
public sealed class TimeSeriesOptions
{
    internal static TimeSeriesOptions Default { get; } = new();

    /// <summary>How samples lie in the store; what suits it unless set. Fixed by the first use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such engine.</exception>
    public SeriesEngine Engine
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Engine), "There is no such engine.");
    }

    /// <summary>About how far apart the samples of a series are; ten seconds unless set. The default of <see cref="Period"/> follows from it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no whole number of milliseconds, shorter than one or longer than 366 days.</exception>
    public TimeSpan Step
    {
        get;
        init
        {
            SeriesTime.Length(value, nameof(Step));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, SeriesPeriod.LongestStep, nameof(Step));
            field = value;
        }
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The stretch of time whose samples share a key, and which <see cref="Retention"/> drops as a whole. 1,440 steps for
    /// <see cref="SeriesEngine.Chunks"/> and 120 steps for the others unless set. Fixed by the first use.
    /// </summary>
    /// <remarks>A period of chunks is best with some 500 to 5,000 samples: with fewer the keys weigh more than the samples, with more each read decodes too many.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is no whole number of milliseconds, shorter than one or longer than 36,600 days.</exception>
    public TimeSpan? Period
    {
        get;
        init
        {
            if (value is { } period)
            {
                SeriesTime.Length(period, nameof(Period));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(period, SeriesPeriod.Longest, nameof(Period));
            }

            field = value;
        }
    }

    /// <summary>What becomes of a sample of a moment that has one already; <see cref="DuplicatePolicy.Last"/> unless set. Fixed by the first use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy.</exception>
    public DuplicatePolicy Duplicates
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Duplicates), "There is no such policy.");
    }

    /// <summary>Which samples are left out since they say hardly anything new; null, so none, unless set.</summary>
    public SmallChange? Ignore { get; init; }

    /// <summary>How long samples are kept; for ever unless set.</summary>
    public SeriesRetention Retention { get; init; } = new();

    /// <summary>What is kept beside the samples: values for buckets of time, as <see cref="KeyspaceTimeSeries.Resolution"/> gives them; nothing unless set.</summary>
    /// <remarks>A rule that is added later begins with the samples that are added or changed then; <see cref="KeyspaceTimeSeries.RebuildRulesAsync"/> makes it of all.</remarks>
    public IReadOnlyList<SeriesRule> Rules { get; init; } = [];

    /// <summary>Whether a series must be declared before samples are added to it; unless set, adding declares it without labels.</summary>
    public bool MustBeDeclared { get; init; }

    /// <summary>How often a change is tried that others get before; 16 times unless set, by the defaults of <see cref="TransactionOptions"/>.</summary>
    public TransactionOptions Transactions { get; init; } = TransactionOptions.Default;
}
