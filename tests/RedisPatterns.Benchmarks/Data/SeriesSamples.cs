namespace RedisPatterns.Benchmarks.Data;

/// <summary>The samples of a hundred series, ten seconds apart; and what is right to answer about them.</summary>
internal sealed class SeriesSamples(string shape, int points)
{
    public const int SeriesCount = 100;
    public const int RegionCount = 10;
    public const long Step = 10_000;

    /// <summary>How long the buckets of aggregations are.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private const long Start = 1_767_225_600_000;
    private const int QuestionCount = 4_096;
    private const int QuestionSeed = 4_711;

    private readonly double[][] _values = [.. Enumerable.Range(0, SeriesCount).Select(series => SeriesShapes.Make(SeriesShapes.All[shape], series + 1, points))];

    public static string[] Names { get; } = [.. Enumerable.Range(0, SeriesCount).Select(series => FormattableString.Invariant($"sensor{series:D3}"))];

    public static string[] Regions { get; } = [.. Enumerable.Range(0, RegionCount).Select(region => FormattableString.Invariant($"region{region}"))];

    /// <summary>How many samples each series has.</summary>
    public int Points { get; } = points;

    public static string RegionOf(int series) => Regions[series % RegionCount];

    /// <summary>A sample of a series; those behind the last go on with the values from the first.</summary>
    public SeriesSample At(int series, long point) => new(Start + (point * Step), _values[series][point % Points]);

    /// <summary>Samples that follow each other.</summary>
    public SeriesSample[] Stretch(int series, long first, int count)
    {
        var samples = new SeriesSample[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = At(series, first + i);
        }

        return samples;
    }

    /// <summary>A sample of every series, in their order.</summary>
    public NamedSample[] OfEach(long point)
    {
        var samples = new NamedSample[SeriesCount];
        for (var series = 0; series < samples.Length; series++)
        {
            samples[series] = new(Names[series], At(series, point));
        }

        return samples;
    }

    /// <summary>Ranges of a length, anywhere in the samples; always the same ones.</summary>
    public SeriesQuestion[] Questions(TimeSpan length)
    {
        var (dice, steps) = (new Random(QuestionSeed), (long)length.TotalMilliseconds / Step);
        return
        [
            .. Enumerable.Range(0, QuestionCount).Select(_ =>
            {
                var from = Start + (dice.NextInt64(Math.Max(1, Points - steps + 1)) * Step);
                return new SeriesQuestion(dice.Next(SeriesCount), new(from, from + (steps * Step)));
            }),
        ];
    }

    /// <summary>The samples of a series in a range.</summary>
    public IEnumerable<SeriesSample> Range(SeriesQuestion question) =>
        Enumerable.Range(0, Points).Select(point => At(question.Series, point)).Where(sample => question.Range.Contains(sample.Timestamp));

    /// <summary>The averages of a series in a range.</summary>
    public IEnumerable<SeriesSample> Averages(SeriesQuestion question) => AveragesOf(Range(question));

    /// <summary>The averages of the averages of the series of a region.</summary>
    public IEnumerable<SeriesSample> Averages(TimeRange range, string region) => AveragesOf(
        Enumerable.Range(0, SeriesCount).Where(series => RegionOf(series) == region).SelectMany(series => Averages(new SeriesQuestion(series, range))));

    private static IEnumerable<SeriesSample> AveragesOf(IEnumerable<SeriesSample> samples)
    {
        var length = (long)Every.TotalMilliseconds;
        return samples.GroupBy(sample => sample.Timestamp / length * length).OrderBy(bucket => bucket.Key).Select(bucket => new SeriesSample(bucket.Key, bucket.Average(sample => sample.Value)));
    }
}
