namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Buckets by example: what stands for empty ones, rolling values, the ends of time, and when a read is enough.</summary>
public sealed class BucketSinkTests
{
    private const long FiftyYears = 50L * 365 * 86_400_000;
    private static readonly Aggregation Tens = new(Aggregator.Sum, TimeSpan.FromMilliseconds(10));

    [Fact]
    public void A_bucket_has_the_value_of_its_samples_at_its_beginning()
    {
        Assert.Equal([(0, 3), (10, 4), (30, 5)], Read(Tens, (1, 1), (9, 2), (10, 4), (35, 5)));
        Assert.Equal([(30, 5), (10, 4), (0, 3)], Read(Tens, TimeRange.All, descending: true, long.MaxValue, (1, 1), (9, 2), (10, 4), (35, 5)));
    }

    [Fact]
    public void A_value_can_be_given_at_the_middle_or_the_end_of_its_bucket()
    {
        Assert.Equal([(5, 1)], Read(Tens with { At = BucketTime.Middle }, (1, 1)));
        Assert.Equal([(10, 1)], Read(Tens with { At = BucketTime.End }, (1, 1)));
    }

    [Theory]
    [InlineData(EmptyBuckets.Skip, null, null)]
    [InlineData(EmptyBuckets.NaN, double.NaN, double.NaN)]
    [InlineData(EmptyBuckets.Zero, 0.0, 0.0)]
    [InlineData(EmptyBuckets.Previous, 1.0, 1.0)]
    [InlineData(EmptyBuckets.Linear, 3.0, 5.0)]
    public void Empty_buckets_are_filled_alike_in_both_directions(EmptyBuckets empty, double? one, double? other)
    {
        (long, double)[] expected = one is null ? [(0, 1), (30, 7)] : [(0, 1), (10, one.Value), (20, other!.Value), (30, 7)];

        Assert.Equal(expected, Read(Tens with { Empty = empty }, (1, 1), (30, 7)));
        Assert.Equal(expected.Reverse(), Read(Tens with { Empty = empty }, TimeRange.All, descending: true, long.MaxValue, (1, 1), (30, 7)));
    }

    [Fact]
    public void A_rolling_value_is_made_of_the_window_that_ends_with_the_bucket()
    {
        var rolling = Tens with { Window = TimeSpan.FromMilliseconds(30) };
        (long, double)[] samples = [(5, 1), (15, 2), (25, 4), (65, 8), (105, 16)];

        Assert.Equal([(0, 1), (10, 3), (20, 7), (30, 6), (40, 4), (60, 8), (70, 8), (80, 8), (100, 16)], Read(rolling, samples));
        Assert.Equal([(100, 16), (80, 8), (70, 8), (60, 8), (40, 4)], Read(rolling, TimeRange.All, descending: true, 5, samples));
    }

    [Fact]
    public void The_first_window_of_a_range_is_whole()
    {
        var rolling = Tens with { Window = TimeSpan.FromMilliseconds(30) };
        var range = new TimeRange(25, 60);

        Assert.Equal(new TimeRange(0, 60), BucketSink.ReadRange(rolling, range));
        Assert.Equal(new TimeRange(0, 60), BucketSink.ReadRange(rolling, new(5, 60)));
        Assert.Equal(new TimeRange(10, 60), BucketSink.ReadRange(rolling, new(30, 60)));
        Assert.Equal(range, BucketSink.ReadRange(Tens, range));
        Assert.Equal([(20, 7), (30, 6)], Read(rolling, range, descending: false, long.MaxValue, (5, 1), (15, 2), (22, 4), (35, 0)));
        Assert.Equal([(30, 6), (20, 7)], Read(rolling, range, descending: true, long.MaxValue, (5, 1), (15, 2), (22, 4), (35, 0)));

        // What only lies in windows begins nothing.
        Assert.Equal([(40, 8)], Read(rolling, range, descending: false, long.MaxValue, (5, 1), (40, 8)));
        Assert.Empty(Read(rolling, range, descending: true, long.MaxValue, (5, 1), (15, 2)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Buckets_hold_at_the_ends_of_time(bool descending)
    {
        (long, double)[] samples = [(0, 1), (SeriesTime.Greatest, 2)];
        (long, double)[] Of(Aggregation aggregation)
        {
            var buckets = Read(aggregation, TimeRange.All, descending, long.MaxValue, samples);
            return [.. descending ? buckets.AsEnumerable().Reverse() : buckets];
        }

        Assert.Equal(samples, Of(new(Aggregator.Sum, TimeSpan.FromMilliseconds(1))));
        Assert.Equal([(0, 1), (SeriesTime.Greatest, 2)], Of(new(Aggregator.Sum, TimeSpan.FromMilliseconds(1)) { Origin = DateTimeOffset.FromUnixTimeMilliseconds(SeriesTime.Greatest) }));
        Assert.Equal([(0, 1), (Ms(9999, 12, 31), 2)], Of(new(Aggregator.Sum, Period.Day)));
        Assert.Equal([(0, 1), (Ms(9999, 12, 27), 2)], Of(new(Aggregator.Sum, Period.Week)));
        Assert.Equal([(0, 1), (Ms(9999, 12, 1), 2)], Of(new(Aggregator.Sum, Period.Month)));
        Assert.Equal([(0, 1), (Ms(9999, 1, 1), 2)], Of(new(Aggregator.Sum, Period.Year)));
        Assert.Equal([(Ms(1971, 1, 1), 1), (SeriesTime.Greatest, 2)], Of(new(Aggregator.Sum, Period.Year) { At = BucketTime.End }));

        // The bucket began in 1969.
        var century = new Aggregation(Aggregator.Sum, TimeSpan.FromDays(36_600)) { Origin = DateTimeOffset.FromUnixTimeMilliseconds(1_000) };
        Assert.Equal((0, 1), Of(century)[0]);
        Assert.Equal((1_000, 1), Of(century with { At = BucketTime.End })[0]);
        Assert.Equal((0, 1), Of(century with { Window = TimeSpan.FromDays(36_600 * 100L) })[0]);
    }

    [Theory]
    [InlineData(EmptyBuckets.NaN, false)]
    [InlineData(EmptyBuckets.Previous, false)]
    [InlineData(EmptyBuckets.Linear, false)]
    [InlineData(EmptyBuckets.NaN, true)]
    [InlineData(EmptyBuckets.Previous, true)]
    [InlineData(EmptyBuckets.Linear, true)]
    public void A_gap_of_fifty_years_is_filled_up_to_the_limit(EmptyBuckets empty, bool descending)
    {
        var aggregation = new Aggregation(Aggregator.Sum, TimeSpan.FromMilliseconds(1)) { Empty = empty };
        foreach (var rolling in new[] { aggregation, aggregation with { Window = TimeSpan.FromSeconds(2) } })
        {
            var buckets = Read(rolling, TimeRange.All, descending, 10, (0, 1), (FiftyYears, 2), (2 * FiftyYears, 3));

            Assert.Equal(Enumerable.Range(0, 10).Select(i => descending ? (2 * FiftyYears) - i : i), buckets.Select(bucket => bucket.Moment));
        }
    }

    [Fact]
    public void A_gap_is_filled_no_further_than_it_is_drained()
    {
        var output = new SampleBuffer();
        var sink = new BucketSink(new(Aggregator.Sum, TimeSpan.FromMilliseconds(1)) { Empty = EmptyBuckets.Previous }, TimeRange.All, false, long.MaxValue, output);
        Assert.True(sink.Add([5, FiftyYears], [1, 2]));
        Assert.True(sink.TryDrain(1_000));
        Assert.False(sink.TryDrain(1_000));
        Assert.Equal([new(5, 1)], Rows(output));
        sink.Complete();
        for (var page = 0; page < 3; page++)
        {
            output.Clear();
            Assert.True(sink.TryDrain(1_000));
            Assert.Equal(Enumerable.Range(6 + (1_000 * page), 1_000).Select(moment => new SeriesSample(moment, 1)), Rows(output));
        }
    }

    [Theory]
    [InlineData(EmptyBuckets.Skip, 1, false, 1, 2)]
    [InlineData(EmptyBuckets.Skip, 1, true, 1, 2)]
    [InlineData(EmptyBuckets.Skip, 1, true, 2, 3)]
    [InlineData(EmptyBuckets.NaN, 1, true, 10, 2)]
    [InlineData(EmptyBuckets.Zero, 1, false, 10, 2)]
    [InlineData(EmptyBuckets.Previous, 1, false, 10, 2)]
    [InlineData(EmptyBuckets.Previous, 1, true, 10, 3)]
    [InlineData(EmptyBuckets.Linear, 1, false, 10, 3)]
    [InlineData(EmptyBuckets.Linear, 1, true, 10, 3)]
    [InlineData(EmptyBuckets.Linear, 1, true, 1, 2)]
    [InlineData(EmptyBuckets.Skip, 3, false, 3, 2)]
    [InlineData(EmptyBuckets.Skip, 3, false, 4, 3)]
    [InlineData(EmptyBuckets.Skip, 3, true, 1, 2)]
    [InlineData(EmptyBuckets.Skip, 3, true, 4, 3)]
    [InlineData(EmptyBuckets.NaN, 3, true, 10, 2)]
    [InlineData(EmptyBuckets.Linear, 3, true, 10, 3)]
    [InlineData(EmptyBuckets.Linear, 3, false, 3, 2)]
    [InlineData(EmptyBuckets.Linear, 3, false, 4, 3)]
    public void A_read_ends_as_soon_as_the_buckets_are_certain(EmptyBuckets empty, int window, bool descending, long limit, int expected)
    {
        // Five samples, a hundred buckets from each to the next.
        var aggregation = Tens with { Empty = empty, Window = window == 1 ? null : TimeSpan.FromMilliseconds(10 * window) };
        var sink = new BucketSink(aggregation, TimeRange.All, descending, limit, new());
        var read = 1;
        while (sink.Add([1_000L * (descending ? 9 - read : read)], [read]))
        {
            read++;
        }

        Assert.Equal(expected, read);
        Assert.False(sink.Add([], []));
        Assert.False(sink.TryAdd(SeriesSummary.Of([1_000], [1])));
    }

    [Fact]
    public void A_summary_is_taken_in_one_bucket_of_the_range_alone()
    {
        var sink = new BucketSink(Tens, new(12, 38), descending: false, long.MaxValue, new());
        bool Try(params long[] timestamps) => sink.TryAdd(SeriesSummary.Of(timestamps, new double[timestamps.Length]));

        Assert.True(Try());
        Assert.False(Try(11, 13));
        Assert.False(Try(12, 20));
        Assert.True(Try(12, 19));
        Assert.False(Try(21, 30));
        Assert.True(Try(30));
        Assert.True(Try(31, 37));
        Assert.False(Try(38));
        Assert.False(Try(37, 38));
    }

    [Fact]
    public void No_samples_make_no_buckets()
    {
        Assert.Empty(Read(Tens));
        Assert.Empty(Read(Tens with { Empty = EmptyBuckets.Zero, Window = TimeSpan.FromMilliseconds(50) }, TimeRange.All, descending: true, 10));
        Assert.Empty(Read(Tens, TimeRange.All, descending: false, 0, (1, 1), (2, 2)));
        Assert.False(new BucketSink(Tens, TimeRange.All, descending: false, 0, new()).Add([], []));
        Assert.False(new RawSink(new(), descending: true, 0).Add([1], [1]));
    }

    private static long Ms(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static List<(long Moment, double Value)> Read(Aggregation aggregation, params (long Timestamp, double Value)[] samples) =>
        Read(aggregation, TimeRange.All, descending: false, long.MaxValue, samples);

    private static List<(long Moment, double Value)> Read(Aggregation aggregation, TimeRange range, bool descending, long limit, params (long Timestamp, double Value)[] samples)
    {
        var output = new SampleBuffer();
        var sink = new BucketSink(aggregation, range, descending, limit, output);
        var read = samples.Where(sample => BucketSink.ReadRange(aggregation, range).Contains(sample.Timestamp)).ToArray();
        sink.Add([.. read.Select(sample => sample.Timestamp)], [.. read.Select(sample => sample.Value)]);
        sink.Complete();
        while (sink.TryDrain(100))
        {
        }

        return [.. Rows(output).Select(row => (row.Timestamp, row.Value))];
    }

    private static List<SeriesSample> Rows(SampleBuffer output) => [.. Enumerable.Range(0, output.Count).Select(i => output[i])];
}
