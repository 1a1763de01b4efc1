namespace RedisPatterns.Tests.TimeSeries;

/// <summary>What summaries tell, by example.</summary>
public sealed class SeriesSummaryTests
{
    [Fact]
    public void The_mean_over_time_counts_a_value_for_as_long_as_it_holds()
    {
        // From 0 to 10 it rises to 10, and stays there for 90 ms.
        var summary = SeriesSummary.Of([0, 10, 100], [0, 10, 10]);

        Assert.Equal(950, summary.Area);
        Assert.Equal(9.5, summary.ValueOf(Aggregator.TimeWeightedAverage));
        Assert.Equal(summary, SeriesSummary.Merge(SeriesSummary.Of([0], [0]), SeriesSummary.Of([10, 100], [10, 10])) with { Squares = summary.Squares });
    }

    [Fact]
    public void A_single_sample_is_its_mean_and_deviates_by_nothing()
    {
        var summary = SeriesSummary.Of([7], [3.25]);

        Assert.Equal(new SeriesSummary(1, 7, 3.25, 7, 3.25, 3.25, 3.25, 3.25, 0, 0), summary);
        Assert.Equal(3.25, summary.ValueOf(Aggregator.TimeWeightedAverage));
        Assert.Equal(0, summary.ValueOf(Aggregator.SampleDeviation));
        Assert.Equal(0, summary.ValueOf(Aggregator.PopulationVariance));
    }

    [Fact]
    public void Nothing_changes_nothing()
    {
        var summary = SeriesSummary.Of([7, 8], [1, 2]);

        Assert.Equal(default, SeriesSummary.Of([], []));
        Assert.Equal(summary, SeriesSummary.Merge(summary, default));
        Assert.Equal(summary, SeriesSummary.Merge(default, summary));
    }

    [Fact]
    public void Equal_values_deviate_by_nothing_at_all()
    {
        var (timestamps, values) = (Enumerable.Range(0, 1_001).Select(i => (long)i).ToArray(), Enumerable.Repeat(0.1, 1_001).ToArray());
        var merged = SeriesSummary.Merge(SeriesSummary.Of(timestamps.AsSpan(0, 10), values.AsSpan(0, 10)), SeriesSummary.Of(timestamps.AsSpan(10), values.AsSpan(10)));

        Assert.Equal(0, merged.ValueOf(Aggregator.PopulationDeviation));
        Assert.Equal(0, merged.ValueOf(Aggregator.SampleVariance));
    }

    [Fact]
    public void A_small_variance_far_from_zero_is_told()
    {
        var (timestamps, values) = (Enumerable.Range(0, 1_000).Select(i => (long)i).ToArray(), Enumerable.Range(0, 1_000).Select(i => 1e9 + (i % 2)).ToArray());
        var merged = SeriesSummary.Merge(SeriesSummary.Of(timestamps.AsSpan(0, 500), values.AsSpan(0, 500)), SeriesSummary.Of(timestamps.AsSpan(500), values.AsSpan(500)));

        Assert.Equal(0.25, SeriesSummary.Of(timestamps, values).ValueOf(Aggregator.PopulationVariance));
        Assert.Equal(0.25, merged.ValueOf(Aggregator.PopulationVariance), 1e-9);
    }

    [Fact]
    public void The_longest_step_between_samples_is_exact()
    {
        var timestamps = Enumerable.Range(0, 9).Select(i => i < 4 ? (long)i : SeriesTime.Greatest - 8 + i).ToArray();

        Assert.Equal(SeriesTime.Greatest, SeriesSummary.Of(timestamps, [1, 1, 1, 1, 1, 1, 1, 1, 1]).Area);
    }
}
