namespace RedisPatterns;

/// <summary>What is known of a stretch of samples without the samples: enough for every aggregator, also over several stretches.</summary>
/// <param name="Count">How many there are; where it is 0 nothing else has a meaning.</param>
/// <param name="FirstTime">The moment of the earliest.</param>
/// <param name="First">The value of the earliest.</param>
/// <param name="LastTime">The moment of the latest.</param>
/// <param name="Last">The value of the latest.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Maximum">The greatest value.</param>
/// <param name="Sum">The sum of the values.</param>
/// <param name="Squares">The sum of the squared distances of the values from their mean.</param>
/// <param name="Area">The integral over time of the straight lines between neighbours, in values times milliseconds.</param>
internal readonly record struct SeriesSummary(
    long Count, long FirstTime, double First, long LastTime, double Last, double Minimum, double Maximum, double Sum, double Squares, double Area)
{
    /// <summary>What is known of samples.</summary>
    /// <param name="timestamps">Their moments, strictly ascending.</param>
    /// <param name="values">Their values, as many.</param>
    /// <param name="parts">What is needed; the rest stays 0.</param>
    public static SeriesSummary Of(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, SummaryParts parts = SummaryParts.All)
    {
        if (values.IsEmpty)
        {
            return default;
        }

        var sum = (parts & SummaryParts.Sum) != 0 ? SampleMath.SumOf(values) : 0;
        var (minimum, maximum) = (parts & SummaryParts.Extremes) != 0 ? SampleMath.ExtremesOf(values) : default;
        return new(
            values.Length, timestamps[0], values[0], timestamps[^1], values[^1], minimum, maximum, sum,
            (parts & SummaryParts.Squares) != 0 ? SampleMath.SquaresOf(values, sum / values.Length) : 0,
            (parts & SummaryParts.Area) != 0 ? SampleMath.AreaOf(timestamps, values) : 0);
    }

    /// <summary>What is known of two stretches together. Parts that one of them lacks have no meaning.</summary>
    /// <param name="earlier">The stretch whose samples all lie before the others.</param>
    /// <param name="later">The stretch behind it.</param>
    public static SeriesSummary Merge(in SeriesSummary earlier, in SeriesSummary later)
    {
        if (earlier.Count == 0 || later.Count == 0)
        {
            return earlier.Count == 0 ? later : earlier;
        }

        // The squares after Chan, Golub and LeVeque: "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
        var count = earlier.Count + later.Count;
        var distance = (later.Sum / later.Count) - (earlier.Sum / earlier.Count);
        return new(
            count, earlier.FirstTime, earlier.First, later.LastTime, later.Last,
            Math.Min(earlier.Minimum, later.Minimum), Math.Max(earlier.Maximum, later.Maximum), earlier.Sum + later.Sum,
            earlier.Squares + later.Squares + (distance * distance * ((double)earlier.Count * later.Count / count)),
            earlier.Area + later.Area + ((earlier.Last + later.First) * 0.5 * (later.FirstTime - earlier.LastTime)));
    }

    /// <summary>What an aggregator makes of the samples, of which there is at least one.</summary>
    public double ValueOf(Aggregator aggregator) => aggregator switch
    {
        Aggregator.Average => Mean,
        Aggregator.Sum => Sum,
        Aggregator.Minimum => Minimum,
        Aggregator.Maximum => Maximum,
        Aggregator.Count => Count,
        Aggregator.First => First,
        Aggregator.Last => Last,
        Aggregator.Range => Maximum - Minimum,
        Aggregator.PopulationDeviation => Math.Sqrt(VarianceOver(Count)),
        Aggregator.SampleDeviation => Math.Sqrt(VarianceOver(Count - 1)),
        Aggregator.PopulationVariance => VarianceOver(Count),
        Aggregator.SampleVariance => VarianceOver(Count - 1),
        Aggregator.TimeWeightedAverage => LastTime > FirstTime ? Area / (LastTime - FirstTime) : Mean,
        _ => throw new ArgumentOutOfRangeException(nameof(aggregator)),
    };

    private double Mean => Sum / Count;

    // Equal values have none, to the last digit, which a rounded mean would not give.
    private double VarianceOver(long count) => Minimum < Maximum ? Squares / count : 0;
}
