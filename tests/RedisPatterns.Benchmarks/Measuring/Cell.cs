namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>Something that is measured: ours first, the baseline second, others after them.</summary>
internal sealed record Cell(string Name, params Variant[] Variants)
{
    /// <summary>The least ratio to the baseline that is asked for; null for none.</summary>
    public double? Bar { get; init; }

    /// <summary>The most allocation, as a multiple of the baseline's, that is asked for; null for none.</summary>
    public double? AllocationBar { get; init; }

    /// <summary>The greatest number of operations in flight at which it is measured.</summary>
    public int MaximumConcurrency { get; init; } = int.MaxValue;

    /// <summary>The one number of operations in flight at which it is measured; null for those that the options name.</summary>
    public int? InFlight { get; init; }

    /// <summary>How many of the operations' numbers may be handed out in one run.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>What every variant that answers must answer; null where nothing is asked.</summary>
    public string? Expected { get; init; }
}
