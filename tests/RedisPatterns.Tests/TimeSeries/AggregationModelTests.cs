namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Sinks give what the definition gives, for drawn samples, aggregations, ranges, blocks, summaries and pages.</summary>
public sealed class AggregationModelTests
{
    private const int Cases = 3_000;
    private const double Tolerance = 1e-9;
    private static readonly Aggregator[] Aggregators = Enum.GetValues<Aggregator>();

    // Of small whole numbers these have no rounding before the last step.
    private static readonly Aggregator[] Exact =
    [
        Aggregator.Average, Aggregator.Sum, Aggregator.Minimum, Aggregator.Maximum, Aggregator.Count, Aggregator.First, Aggregator.Last,
        Aggregator.Range, Aggregator.TimeWeightedAverage,
    ];

    public static TheoryData<string> Kinds => ["fixed", "rolling", "calendar"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Buckets_are_those_of_the_definition(string kind)
    {
        var (rows, stops, taken, refused) = (0, 0, 0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var dice = new Random(seed);
            var aggregation = Draw(dice, kind, out var unit);
            var isWhole = dice.Next(2) == 0;
            var samples = DrawSamples(dice, unit, isWhole, Math.Max(0, AggregationModel.StartOf(aggregation, dice.NextInt64(3 * unit))));
            var range = DrawRange(dice, samples);
            var (descending, limit) = (dice.Next(2) == 0, dice.Next(3) == 0 ? dice.Next(20) : long.MaxValue);
            var expected = AggregationModel.Of(samples, aggregation, range, descending, limit);

            var engine = new DrawnRead(dice, samples, BucketSink.ReadRange(aggregation, range), descending);
            var actual = engine.Read(output => new BucketSink(aggregation, range, descending, limit, output));

            var scale = samples.Select(sample => Math.Abs(sample.Value)).DefaultIfEmpty().Max();
            AssertEqual(expected, actual, isWhole && Exact.Contains(aggregation.Aggregator), scale, $"{kind} {seed}: {aggregation} {range} {descending} {limit}");
            (rows, stops, taken, refused) = (rows + actual.Count, stops + (engine.WasStopped ? 1 : 0), taken + engine.Taken, refused + engine.Refused);
        }

        // The cases are worth something.
        Assert.True(rows > 10 * Cases && stops > Cases / 20 && taken > Cases / 10 && refused > Cases, $"{rows} {stops} {taken} {refused}");
    }

    [Fact]
    public void Samples_are_collected_in_the_order_of_the_read()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var dice = new Random(seed);
            var samples = DrawSamples(dice, 1_000, true, 0);
            var range = DrawRange(dice, samples);
            var (descending, limit) = (dice.Next(2) == 0, dice.Next(2) == 0 ? dice.Next(100) : long.MaxValue);
            var inRange = samples.Where(sample => range.Contains(sample.Timestamp));

            var actual = new DrawnRead(dice, samples, range, descending).Read(output => new RawSink(output, descending, limit));

            Assert.Equal((descending ? inRange.Reverse() : inRange).Take((int)Math.Min(limit, int.MaxValue)), actual);
        }
    }

    [Fact]
    public void Summaries_are_those_of_all_samples_however_they_are_merged()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var dice = new Random(seed);
            var isWhole = dice.Next(2) == 0;
            var samples = DrawSamples(dice, 1 + dice.Next(1_000), isWhole, dice.Next(1_000));
            var (timestamps, values) = (samples.Select(sample => sample.Timestamp).ToArray(), samples.Select(sample => sample.Value).ToArray());
            var merged = default(SeriesSummary);
            for (var (at, length) = (0, 0); at < samples.Count; at += length)
            {
                length = dice.Next(Math.Min(50, samples.Count - at) + 1);
                var part = SeriesSummary.Of(timestamps.AsSpan(at, length), values.AsSpan(at, length));
                merged = SeriesSummary.Merge(merged, part);
            }

            var whole = SeriesSummary.Of(timestamps, values);
            Assert.Equal(samples.Count, merged.Count);
            Assert.Equal(samples.Count, whole.Count);
            foreach (var aggregator in samples.Count == 0 ? [] : Aggregators)
            {
                var expected = AggregationModel.ValueOf(samples, aggregator);
                var (exact, scale) = (isWhole && Exact.Contains(aggregator), values.Max(Math.Abs));
                AssertClose(expected, merged.ValueOf(aggregator), exact, scale, $"{seed}: merged {aggregator}");
                AssertClose(expected, whole.ValueOf(aggregator), exact, scale, $"{seed}: whole {aggregator}");
                AssertClose(expected, SeriesSummary.Of(timestamps, values, aggregator.Parts()).ValueOf(aggregator), exact, scale, $"{seed}: needed parts of {aggregator}");
            }
        }
    }

    private static Aggregation Draw(Random dice, string kind, out long unit)
    {
        var aggregator = Aggregators[dice.Next(Aggregators.Length)];
        if (kind == "calendar")
        {
            var period = (Period)dice.Next(5);
            unit = period switch { Period.Hour => 3_600_000, Period.Day => 86_400_000, Period.Week => 604_800_000, Period.Month => 2_600_000_000, _ => 31_600_000_000 };
            return new(aggregator, period) { Empty = (EmptyBuckets)dice.Next(5), At = (BucketTime)dice.Next(3) };
        }

        unit = dice.Next(4) switch { 0 => 1, 1 => 7, 2 => 1_000, _ => 1 + dice.NextInt64(10_000_000) };
        var every = TimeSpan.FromMilliseconds(unit);
        return new(aggregator, every)
        {
            Origin = DateTimeOffset.FromUnixTimeMilliseconds(dice.Next(3) == 0 ? 0 : dice.NextInt64(100 * unit)),
            Window = kind == "rolling" ? every * (dice.Next(4) == 0 ? 1 + dice.Next(100) : 1 + dice.Next(6)) : null,
            Empty = (EmptyBuckets)dice.Next(5),
            At = (BucketTime)dice.Next(3),
        };
    }

    // Clusters and gaps, in buckets of about a unit.
    private static List<SeriesSample> DrawSamples(Random dice, long unit, bool isWhole, long start)
    {
        var samples = new List<SeriesSample>();
        var (timestamp, offset) = (start, dice.Next(3) * 1_000);
        var (longestGap, count) = (1 + dice.Next(12), dice.Next(10) == 0 ? dice.Next(3) : dice.Next(90));
        for (var i = 0; i < count; i++)
        {
            samples.Add(new(timestamp, isWhole ? dice.Next(-50, 51) : offset + (10 * dice.NextDouble())));
            timestamp += dice.Next(3) switch
            {
                0 => 1,
                1 => 1 + dice.NextInt64((unit / 4) + 1),
                _ => 1 + dice.NextInt64(longestGap * unit),
            };
        }

        return samples;
    }

    private static TimeRange DrawRange(Random dice, List<SeriesSample> samples)
    {
        if (samples.Count == 0 || dice.Next(3) == 0)
        {
            return TimeRange.All;
        }

        long Moment() => Math.Max(0, samples[dice.Next(samples.Count)].Timestamp + dice.Next(-1, 2));
        var (one, other) = (Moment(), Moment());
        return new(Math.Min(one, other), Math.Max(one, other));
    }

    private static void AssertEqual(List<SeriesSample> expected, List<SeriesSample> actual, bool exact, double scale, string what)
    {
        Assert.True(expected.Select(sample => sample.Timestamp).SequenceEqual(actual.Select(sample => sample.Timestamp)), $"{what}: {string.Join(' ', expected)} but {string.Join(' ', actual)}");
        foreach (var (one, other) in expected.Zip(actual))
        {
            AssertClose(one.Value, other.Value, exact, scale, what);
        }
    }

    private static void AssertClose(double expected, double actual, bool exact, double scale, string what)
    {
        var allowed = exact ? 0 : Tolerance * Math.Max(Math.Abs(expected), scale);
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= allowed, $"{what}: {expected:R} but {actual:R}");
    }
}
