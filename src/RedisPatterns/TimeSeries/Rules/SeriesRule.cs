namespace RedisPatterns;

/// <summary>What a set of series keeps beside its samples: one value for each bucket of time, in series of the same names with a retention of their own. Immutable.</summary>
/// <remarks>
/// The values follow the samples, also late, deleted and replaced ones: each write notes, in its own step, which stretch it has changed, and
/// what is noted is worked off before the values are read, and by <see cref="KeyspaceTimeSeries.RunRulesAsync"/>. The last bucket has the value of what
/// is known so far. A bucket that begins before what <see cref="TimeSeriesOptions.Retention"/> has dropped keeps the value that it had.
/// </remarks>
public sealed record SeriesRule
{
    /// <summary>A rule.</summary>
    /// <param name="name">Its name, part of keys: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>; unique in the set.</param>
    /// <param name="aggregation">How samples become values: buckets of one length, also with a <see cref="Aggregation.Window"/> for rolling values; given at their start, empty ones left out.</param>
    /// <exception cref="ModelException">The name is not valid.</exception>
    /// <exception cref="ArgumentException">The aggregation has calendar periods, fills empty buckets, or gives another moment than the start.</exception>
    public SeriesRule(string name, Aggregation aggregation)
    {
        KeyGrammar.ThrowIfBadName(name, "a rule");
        ArgumentNullException.ThrowIfNull(aggregation);
        if (aggregation.Every is null || aggregation.Empty != EmptyBuckets.Skip || aggregation.At != BucketTime.Start)
        {
            throw new ArgumentException($"{name}: a rule has buckets of one length, leaves empty ones out and gives values at the start.", nameof(aggregation));
        }

        (Name, Aggregation) = (name, aggregation);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How samples become values.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>The name of another rule of the set whose values are taken in the place of samples; null, so the samples, unless set.</summary>
    public string? From { get; init; }

    /// <summary>How long the values are kept; for ever unless set.</summary>
    public SeriesRetention Retention { get; init; } = new();

    /// <summary>The stretch of time whose values share a key; by the length of the buckets, as <see cref="TimeSeriesOptions.Period"/> is by the step, unless set. Fixed by the first use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no whole number of milliseconds, shorter than one or longer than 36,600 days.</exception>
    public TimeSpan? Period
    {
        get;
        init => field = new TimeSeriesOptions { Period = value }.Period;
    }

    /// <summary>The options of what the rule makes of a set.</summary>
    internal TimeSeriesOptions OptionsIn(TimeSeriesOptions set) => new()
    {
        Engine = set.Engine,
        Step = Aggregation.Every is { } every && every < SeriesPeriod.LongestStep ? every : SeriesPeriod.LongestStep,
        Period = Period,
        Retention = Retention,
        Transactions = set.Transactions,
    };
}
