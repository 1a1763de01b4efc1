namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Series become one: at each moment the values that are there.</summary>
public sealed class SeriesReducerTests
{
    [Fact]
    public void Values_of_one_moment_are_combined_and_gaps_left_out()
    {
        var reducer = new SeriesReducer(Aggregator.Average);
        reducer.Add([10, 20, 30], [1, double.NaN, 3]);
        reducer.Add([5, 20, 30], [7, double.NaN, 5]);

        Assert.Equal([new(5, 7), new(10, 1), new(20, double.NaN), new(30, 4)], Rows(reducer, descending: false));
        Assert.Equal([new(30, 4), new(20, double.NaN), new(10, 1), new(5, 7)], Rows(reducer, descending: true));
    }

    [Fact]
    public void Where_no_series_has_a_number_none_is_counted()
    {
        var reducer = new SeriesReducer(Aggregator.Count);
        reducer.Add([10, 20], [1, double.NaN]);

        Assert.Equal([new(10, 1), new(20, 0)], Rows(reducer, descending: false));
        Assert.Empty(Rows(new(Aggregator.Sum), descending: false));
    }

    [Fact]
    public void What_needs_an_order_of_series_does_not_reduce()
    {
        Assert.Equal(
            [Aggregator.First, Aggregator.Last, Aggregator.TimeWeightedAverage],
            Enum.GetValues<Aggregator>().Where(aggregator => !SeriesReducer.CanReduce(aggregator)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesReducer(Aggregator.Last));
    }

    [Fact]
    public void Any_series_are_reduced_as_the_definition_says()
    {
        var reducers = Enum.GetValues<Aggregator>().Where(SeriesReducer.CanReduce).ToArray();
        for (var seed = 0; seed < 1_000; seed++)
        {
            var dice = new Random(seed);
            var (aggregator, descending) = (reducers[dice.Next(reducers.Length)], dice.Next(2) == 0);
            var reducer = new SeriesReducer(aggregator);
            var all = new List<SeriesSample>();
            for (var series = dice.Next(8); series > 0; series--)
            {
                var samples = Enumerable.Range(dice.Next(20), dice.Next(100)).Where(_ => dice.Next(5) > 0)
                    .Select(i => new SeriesSample(i * 10, dice.Next(6) == 0 ? double.NaN : dice.Next(100))).ToArray();
                if (dice.Next(2) == 0)
                {
                    Array.Reverse(samples);
                }

                all.AddRange(samples);
                reducer.Add([.. samples.Select(sample => sample.Timestamp)], [.. samples.Select(sample => sample.Value)]);
            }

            var expected = all.GroupBy(sample => sample.Timestamp).OrderBy(group => descending ? -group.Key : group.Key).ToList();
            var actual = Rows(reducer, descending);
            Assert.Equal(expected.Select(group => group.Key), actual.Select(sample => sample.Timestamp));
            Assert.Equal(reducer.Count, actual.Count);
            foreach (var (group, sample) in expected.Zip(actual))
            {
                var numbers = group.Where(one => !double.IsNaN(one.Value)).ToList();
                var value = numbers.Count > 0 ? AggregationModel.ValueOf(numbers, aggregator) : aggregator == Aggregator.Count ? 0 : double.NaN;
                Assert.Equal(value, sample.Value, 1e-9);
            }
        }
    }

    private static List<SeriesSample> Rows(SeriesReducer reducer, bool descending)
    {
        var output = new SampleBuffer();
        reducer.WriteTo(output, descending);
        return [.. Enumerable.Range(0, output.Count).Select(i => output[i])];
    }
}
