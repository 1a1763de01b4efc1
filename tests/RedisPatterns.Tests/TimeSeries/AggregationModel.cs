namespace RedisPatterns.Tests.TimeSeries;

/// <summary>What an aggregation gives, by definition and slowly: each bucket from all samples anew.</summary>
internal static class AggregationModel
{
    /// <summary>The buckets of samples, in the order of the read.</summary>
    public static List<SeriesSample> Of(IReadOnlyList<SeriesSample> samples, Aggregation aggregation, TimeRange range, bool descending, long limit)
    {
        if (range.IsEmpty)
        {
            return [];
        }

        var window = aggregation.Window is { } length ? (long)length.TotalMilliseconds : 0;
        var first = StartOf(aggregation, range.From);
        var from = window == 0 ? range.From : first - window + (long)aggregation.Every!.Value.TotalMilliseconds;
        var read = samples.Where(sample => sample.Timestamp >= from && sample.Timestamp < range.To).ToList();
        var starts = read.Select(sample => StartOf(aggregation, sample.Timestamp)).Where(start => start >= first).ToList();
        var buckets = new List<(long Moment, double? Value)>();
        for (var start = starts.FirstOrDefault(); starts.Count > 0 && start <= starts[^1]; start = EndOf(aggregation, start))
        {
            var end = EndOf(aggregation, start);
            var begin = window == 0 ? start : end - window;
            var own = read.Where(sample => sample.Timestamp >= begin && sample.Timestamp < end).ToList();
            buckets.Add((MomentOf(start, end, aggregation.At), own.Count == 0 ? null : ValueOf(own, aggregation.Aggregator)));
        }

        var filled = buckets.Select((bucket, i) => (bucket.Moment, Value: bucket.Value ?? Fill(buckets, i, aggregation.Empty))).Where(bucket => bucket.Value is not null);
        var output = filled.Select(bucket => new SeriesSample(bucket.Moment, bucket.Value!.Value));
        return [.. (descending ? output.Reverse() : output).Take((int)Math.Min(limit, int.MaxValue))];
    }

    /// <summary>What an aggregator makes of samples.</summary>
    public static double ValueOf(IReadOnlyList<SeriesSample> samples, Aggregator aggregator)
    {
        var values = samples.Select(sample => sample.Value).ToList();
        return aggregator switch
        {
            Aggregator.Average => values.Average(),
            Aggregator.Sum => values.Sum(),
            Aggregator.Minimum => values.Min(),
            Aggregator.Maximum => values.Max(),
            Aggregator.Count => values.Count,
            Aggregator.First => values[0],
            Aggregator.Last => values[^1],
            Aggregator.Range => values.Max() - values.Min(),
            Aggregator.PopulationVariance => Squares(values) / values.Count,
            Aggregator.SampleVariance => values.Count == 1 ? 0 : Squares(values) / (values.Count - 1),
            Aggregator.PopulationDeviation => Math.Sqrt(ValueOf(samples, Aggregator.PopulationVariance)),
            Aggregator.SampleDeviation => Math.Sqrt(ValueOf(samples, Aggregator.SampleVariance)),
            Aggregator.TimeWeightedAverage => samples.Count == 1 ? values[0] : Area(samples) / (samples[^1].Timestamp - samples[0].Timestamp),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregator)),
        };
    }

    /// <summary>The first moment of the bucket of a moment.</summary>
    public static long StartOf(Aggregation aggregation, long timestamp)
    {
        if (aggregation.Calendar is { } period)
        {
            return period.StartOf(DateTimeOffset.FromUnixTimeMilliseconds(timestamp)).ToUnixTimeMilliseconds();
        }

        var (origin, length) = (aggregation.Origin.ToUnixTimeMilliseconds(), (decimal)aggregation.Every!.Value.TotalMilliseconds);
        return origin + (long)(Math.Floor((timestamp - origin) / length) * length);
    }

    /// <summary>The first moment behind a bucket.</summary>
    public static long EndOf(Aggregation aggregation, long start) => aggregation.Calendar is { } period
        ? period.EndOf(DateTimeOffset.FromUnixTimeMilliseconds(start)).ToUnixTimeMilliseconds()
        : start + (long)aggregation.Every!.Value.TotalMilliseconds;

    private static long MomentOf(long start, long end, BucketTime at) => Math.Clamp(
        at switch { BucketTime.Start => start, BucketTime.End => end, _ => (long)Math.Floor((start + end) / 2m) }, 0, SeriesTime.Greatest);

    private static double? Fill(List<(long Moment, double? Value)> buckets, int at, EmptyBuckets empty)
    {
        var before = buckets.Take(at).Last(bucket => bucket.Value is not null);
        var behind = buckets.Skip(at).First(bucket => bucket.Value is not null);
        var way = (double)(buckets[at].Moment - before.Moment) / (behind.Moment - before.Moment);
        return empty switch
        {
            EmptyBuckets.NaN => double.NaN,
            EmptyBuckets.Zero => 0,
            EmptyBuckets.Previous => before.Value,
            EmptyBuckets.Linear => before.Value + ((behind.Value - before.Value) * way),
            _ => null,
        };
    }

    private static double Squares(List<double> values) => values.Sum(value => Math.Pow(value - values.Average(), 2));

    private static double Area(IReadOnlyList<SeriesSample> samples) => samples.Zip(samples.Skip(1))
        .Sum(pair => (pair.First.Value + pair.Second.Value) / 2 * (pair.Second.Timestamp - pair.First.Timestamp));
}
