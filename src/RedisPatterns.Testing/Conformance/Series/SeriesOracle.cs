namespace RedisPatterns.Testing;

/// <summary>A plain model of series: what every engine is held to. Nothing here is fast, and all of it is to be obvious.</summary>
internal sealed class SeriesOracle(TimeSeriesOptions options)
{
    private readonly Dictionary<string, SortedDictionary<long, double>> _series = new(StringComparer.Ordinal);

    /// <summary>The samples of a series.</summary>
    public IReadOnlyList<SeriesSample> this[string series] => [.. Of(series).Select(pair => new SeriesSample(pair.Key, pair.Value))];

    /// <summary>Adds a sample.</summary>
    /// <returns>False when it was left out as a small change; null when it was refused.</returns>
    public bool? Add(string series, SeriesSample sample)
    {
        var samples = Of(series);
        if (options.Ignore is { } small && samples.Count > 0)
        {
            var (last, value) = samples.Last();
            if (sample.Timestamp >= last && sample.Timestamp - last <= small.Within.TotalMilliseconds && Math.Abs(sample.Value - value) <= small.UpTo)
            {
                return false;
            }
        }

        if (!samples.TryGetValue(sample.Timestamp, out var old))
        {
            samples[sample.Timestamp] = sample.Value;
            return true;
        }

        if (options.Duplicates == DuplicatePolicy.Block)
        {
            return null;
        }

        samples[sample.Timestamp] = options.Duplicates switch
        {
            DuplicatePolicy.First => old,
            DuplicatePolicy.Minimum => Math.Min(old, sample.Value),
            DuplicatePolicy.Maximum => Math.Max(old, sample.Value),
            DuplicatePolicy.Sum => old + sample.Value,
            _ => sample.Value,
        };
        return true;
    }

    /// <summary>Adds to the latest value.</summary>
    /// <returns>The new value; null when the moment lies before the latest.</returns>
    public double? Increment(string series, double by, long time)
    {
        var samples = Of(series);
        if (samples.Count > 0 && samples.Last().Key > time)
        {
            return null;
        }

        return samples[time] = by + (samples.Count > 0 ? samples.Last().Value : 0);
    }

    /// <summary>Deletes the samples of a range.</summary>
    /// <returns>How many.</returns>
    public long Delete(string series, TimeRange range)
    {
        var samples = Of(series);
        var doomed = samples.Keys.Where(range.Contains).ToList();
        doomed.ForEach(timestamp => samples.Remove(timestamp));
        return doomed.Count;
    }

    /// <summary>Removes a series.</summary>
    public void Remove(string series) => _series.Remove(series);

    /// <summary>Drops what need not be kept.</summary>
    /// <returns>How many samples.</returns>
    public long Retain(long period)
    {
        var dropped = 0L;
        foreach (var (name, samples) in _series)
        {
            var cut = 0L;
            if (samples.Count > 0 && options.Retention.Age is { } age)
            {
                cut = samples.Keys.Last() - (long)age.TotalMilliseconds;
            }

            if (options.Retention.Count is { } count && samples.Count >= count)
            {
                cut = Math.Max(cut, samples.Keys.Reverse().Skip((int)count - 1).First());
            }

            dropped += Delete(name, new(0, Math.Max(0, cut) / period * period));
        }

        return dropped;
    }

    /// <summary>The samples of a range as they are.</summary>
    public IReadOnlyList<SeriesSample> Range(string series, TimeRange range, bool isDescending, long? limit)
    {
        var found = this[series].Where(sample => range.Contains(sample.Timestamp));
        return [.. (isDescending ? found.Reverse() : found).Take((int)(limit ?? int.MaxValue))];
    }

    /// <summary>The buckets of a range.</summary>
    public IReadOnlyList<SeriesSample> Buckets(string series, TimeRange range, Aggregator aggregator, long every, bool isDescending, long? limit)
    {
        var buckets = Range(series, range, isDescending: false, null)
            .GroupBy(sample => sample.Timestamp / every * every)
            .Select(bucket => new SeriesSample(bucket.Key, Aggregate(aggregator, [.. bucket.Select(sample => sample.Value)])));
        return [.. (isDescending ? buckets.Reverse() : buckets).Take((int)(limit ?? int.MaxValue))];
    }

    /// <summary>What a rule of the options makes of a series.</summary>
    public IReadOnlyList<SeriesSample> Rule(string series, string name)
    {
        var rule = options.Rules.First(rule => rule.Name == name);
        var source = rule.From is { } from ? Rule(series, from) : this[series];
        var every = (long)rule.Aggregation.Every!.Value.TotalMilliseconds;
        var window = (long)(rule.Aggregation.Window ?? rule.Aggregation.Every.Value).TotalMilliseconds;
        var made = new List<SeriesSample>();
        if (source.Count == 0)
        {
            return made;
        }

        // A bucket has a value when its window has a sample, so those behind the last sample have one too.
        for (var start = source[0].Timestamp / every * every; start < (source[^1].Timestamp / every * every) + window; start += every)
        {
            var values = source.Where(sample => sample.Timestamp >= start + every - window && sample.Timestamp < start + every).Select(sample => sample.Value).ToList();
            if (values.Count > 0)
            {
                made.Add(new(start, Aggregate(rule.Aggregation.Aggregator, values)));
            }
        }

        return made;
    }

    private static double Aggregate(Aggregator aggregator, List<double> values) => aggregator switch
    {
        Aggregator.Average => values.Sum() / values.Count,
        Aggregator.Sum => values.Sum(),
        Aggregator.Minimum => values.Min(),
        Aggregator.Maximum => values.Max(),
        Aggregator.Count => values.Count,
        Aggregator.First => values[0],
        Aggregator.Last => values[^1],
        Aggregator.Range => values.Max() - values.Min(),
        _ => throw new NotSupportedException($"The model does not know {aggregator}."),
    };

    private SortedDictionary<long, double> Of(string series)
    {
        if (!_series.TryGetValue(series, out var samples))
        {
            _series[series] = samples = [];
        }

        return samples;
    }
}
