namespace RedisPatterns;

/// <summary>Takes the samples that an engine reads.</summary>
internal interface ISampleSink
{
    /// <summary>Takes samples.</summary>
    /// <param name="timestamps">Their moments, ascending. What comes in the next call lies after these, or before all of them when the read descends.</param>
    /// <param name="values">Their values, as many.</param>
    /// <returns>Whether more are wanted.</returns>
    bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values);

    /// <summary>Takes a stretch of samples by what is known of it, in the place of the samples themselves.</summary>
    /// <param name="stretch">What is known: all of <see cref="SeriesSummary"/>.</param>
    /// <returns>False when the samples are needed, and must be given.</returns>
    bool TryAdd(in SeriesSummary stretch);
}
