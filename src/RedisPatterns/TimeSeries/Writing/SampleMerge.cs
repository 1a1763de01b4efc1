namespace RedisPatterns;

/// <summary>What samples become with those that are there, by the duplicate policy.</summary>
internal sealed class SampleMerge
{
    /// <summary>Merges samples in the order of their arrival.</summary>
    /// <param name="options">The policy, and what is ignored.</param>
    /// <param name="known">What is there; it is changed.</param>
    /// <param name="samples">The samples.</param>
    public SampleMerge(TimeSeriesOptions options, KnownSamples known, ReadOnlySpan<SeriesSample> samples)
    {
        var puts = new SortedDictionary<long, double>();
        var refused = new List<int>();
        for (var i = 0; i < samples.Length; i++)
        {
            var (timestamp, value) = samples[i];
            if (options.Ignore is { } small && known.Latest is { } latest && IsSmall(small, latest, samples[i]))
            {
                Ignored++;
                continue;
            }

            if (known.Values.TryGetValue(timestamp, out var old))
            {
                if (options.Duplicates == DuplicatePolicy.Block)
                {
                    refused.Add(i);
                    continue;
                }

                value = options.Duplicates.Resolve(old, value);
            }

            Written++;
            puts[timestamp] = known.Values[timestamp] = value;
            if (known.Latest is not { } last || timestamp >= last.Timestamp)
            {
                known.Latest = new(timestamp, value);
            }
        }

        Refused = refused;
        Puts = [.. puts.Select(put => new SeriesSample(put.Key, put.Value))];
    }

    /// <summary>What is to be put, strictly ascending.</summary>
    public SeriesSample[] Puts { get; }

    /// <summary>How many samples were taken.</summary>
    public long Written { get; }

    /// <summary>How many samples were left out as small changes.</summary>
    public long Ignored { get; }

    /// <summary>The places of those that were refused.</summary>
    public IReadOnlyList<int> Refused { get; }

    private static bool IsSmall(SmallChange small, SeriesSample latest, SeriesSample sample) =>
        sample.Timestamp >= latest.Timestamp
        && sample.Timestamp - latest.Timestamp <= small.Within.Ticks / TimeSpan.TicksPerMillisecond
        && Math.Abs(sample.Value - latest.Value) <= small.UpTo;
}
