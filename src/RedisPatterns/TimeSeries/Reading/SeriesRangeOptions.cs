namespace RedisPatterns;

/// <summary>How a range of series is read.</summary>
public sealed record SeriesRangeOptions
{
    internal static SeriesRangeOptions Default { get; } = new();

    /// <summary>Whether the latest comes first; false unless set.</summary>
    public bool IsDescending { get; init; }

    /// <summary>How many samples, or buckets, of each series are wanted at most; 1 or more. Null, so all, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long? Limit
    {
        get;
        init
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(Limit));
            }

            field = value;
        }
    }

    /// <summary>How samples become one for each bucket of time; null, so that they come as they are, unless set.</summary>
    public Aggregation? Aggregation { get; init; }

    /// <summary>
    /// Whether the coarsest values of a rule answer that give what the samples would; false unless set. They do where the buckets of
    /// <see cref="Aggregation"/> are made of whole buckets of the rule, the range begins and ends with one, the rule's aggregator tells (sums,
    /// counts, extremes, first and last of any union; the others of equal buckets), and the rule keeps its values as long as samples are kept.
    /// </summary>
    /// <remarks>For a time whose samples were dropped, the rule still answers. <see cref="KeyspaceTimeSeries.Explain"/> tells what does.</remarks>
    public bool UsesRules { get; init; }
}
