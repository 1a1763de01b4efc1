namespace RedisPatterns;

/// <summary>The stretches of time that samples share a key in, by their first moments: multiples of one length since 1970.</summary>
internal readonly struct SeriesPeriod(long length)
{
    private const int StepsOfChunks = 1_440;
    private const int StepsOfOthers = 120;

    public static TimeSpan LongestStep { get; } = TimeSpan.FromDays(366);

    public static TimeSpan Longest { get; } = TimeSpan.FromDays(36_600);

    /// <summary>How long they are, in milliseconds.</summary>
    public long Length { get; } = length;

    public static SeriesPeriod Of(TimeSeriesOptions options, SeriesEngine engine)
    {
        var period = options.Period ?? options.Step * (engine == SeriesEngine.Chunks ? StepsOfChunks : StepsOfOthers);
        return new((period > Longest ? Longest : period).Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>The first moment of the stretch that a moment lies in.</summary>
    public long StartOf(long timestamp) => timestamp - (timestamp % Length);

    /// <summary>How many samples from the first on lie in the stretch of the first.</summary>
    /// <param name="samples">The samples, at least one.</param>
    public int RunOf(ReadOnlySpan<SeriesSample> samples)
    {
        var start = StartOf(samples[0].Timestamp);
        var count = 1;
        while (count < samples.Length && samples[count].Timestamp >= start && samples[count].Timestamp < start + Length)
        {
            count++;
        }

        return count;
    }

    /// <summary>The stretch that begins at a moment.</summary>
    public TimeRange At(long start) => new(start, Math.Min(start + Length, SeriesTime.Greatest + 1));
}
