namespace RedisPatterns;

/// <summary>Refuses samples that can not be kept, before anything is sent.</summary>
internal static class SampleCheck
{
    /// <summary>Refuses a sample that can not be kept.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="set">The name of the set, for the message.</param>
    /// <param name="place">Its place in the call, for the message.</param>
    /// <exception cref="SampleException">It can not be kept.</exception>
    public static void ThrowIfBad(SeriesSample sample, string set, int place)
    {
        if (!double.IsFinite(sample.Value) || (ulong)sample.Timestamp > SeriesTime.Greatest)
        {
            Throw(sample, set, place);
        }
    }

    /// <summary>Refuses samples of which one can not be kept.</summary>
    /// <exception cref="SampleException">One can not be kept.</exception>
    public static void ThrowIfBad(ReadOnlySpan<SeriesSample> samples, string set)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            ThrowIfBad(samples[i], set, i);
        }
    }

    /// <summary>Refuses samples of which one can not be kept, or names no series.</summary>
    /// <exception cref="ArgumentException">One names no series.</exception>
    /// <exception cref="SampleException">One can not be kept.</exception>
    public static void ThrowIfBad(IReadOnlyList<NamedSample> samples, string set)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            ArgumentException.ThrowIfNullOrEmpty(samples[i].Series, nameof(samples));
            ThrowIfBad(samples[i].Sample, set, i);
        }
    }

    private static void Throw(SeriesSample sample, string set, int place) => throw new SampleException(
        double.IsFinite(sample.Value)
            ? $"{set}: the moment of sample {place} of the call does not lie from 1970 to 9999."
            : $"{set}: the value of sample {place} of the call is not finite.");
}
