using System.Diagnostics;
using System.Globalization;

namespace RedisPatterns.Benchmarks;

/// <summary>How fast samples of time series become buckets, and series one series, on one core. Nothing is decoded: the samples are there in columns.</summary>
internal static class AggregationCommand
{
    private const int Points = 8_640;
    private const long Step = 10_000;
    private const long Start = 1_767_225_600_000;
    private const int PointsOfRound = 4_000_000;
    private const int Rounds = 9;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private static readonly Aggregator[] Aggregators =
    [
        Aggregator.Average, Aggregator.Minimum, Aggregator.Maximum, Aggregator.SampleDeviation, Aggregator.TimeWeightedAverage,
    ];

    public static int Run()
    {
        var dice = new Random(1);
        var (even, uneven, values) = (new long[Points], new long[Points], new double[Points]);
        for (var i = 0; i < Points; i++)
        {
            even[i] = Start + (i * Step);
            uneven[i] = even[i] + dice.NextInt64(Step);
            values[i] = Math.Round(20 + (5 * dice.NextDouble()), 2);
        }

        Console.WriteLine("| what | even steps, million points/s | uneven steps, million points/s |");
        Console.WriteLine("|---|--:|--:|");
        Print("raw", moments => ReadRaw(moments, values, descending: false), even, uneven);
        Print("raw, descending", moments => ReadRaw(moments, values, descending: true), even, uneven);
        foreach (var aggregator in Aggregators)
        {
            var aggregation = new Aggregation(aggregator, TimeSpan.FromMinutes(5));
            Print($"{aggregator}, 288 buckets", moments => ReadBuckets(aggregation, moments, values, descending: false), even, uneven);
        }

        var average = new Aggregation(Aggregator.Average, TimeSpan.FromMinutes(5));
        Print("Average, descending", moments => ReadBuckets(average, moments, values, descending: true), even, uneven);
        Print("Average of an hour, rolling", moments => ReadBuckets(average with { Window = TimeSpan.FromHours(1) }, moments, values, descending: false), even, uneven);
        var single = new Aggregation(Aggregator.Average, TimeSpan.FromMilliseconds(Step));
        Print("Average, 8640 buckets", moments => ReadBuckets(single, moments, values, descending: false), even, uneven);

        Console.WriteLine();
        Console.WriteLine("| series to one, average | million values/s |");
        Console.WriteLine("|---|--:|");
        PrintReduction(100, 12, isShuffled: false);
        PrintReduction(10_000, 1_000, isShuffled: false);
        PrintReduction(10_000, 1_000, isShuffled: true);
        return 0;
    }

    private static void Print(string name, Func<long[], int> read, long[] even, long[] uneven)
    {
        var (rateOfEven, rateOfUneven) = (MedianOf(Points, () => read(even)), MedianOf(Points, () => read(uneven)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {rateOfEven:0} | {rateOfUneven:0} |"));
    }

    // In million points a second.
    private static double MedianOf(int points, Func<int> read)
    {
        // Until the compiler has had its time.
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < WarmUp)
        {
            _ = read();
        }

        var repeats = Math.Max(1, PointsOfRound / points);
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            began = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++)
            {
                _ = read();
            }

            rates.Add((double)points * repeats / Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        rates.Sort();
        return rates[Rounds / 2];
    }

    private static int ReadRaw(long[] moments, double[] values, bool descending)
    {
        var output = new SampleBuffer(Points);
        var sink = new RawSink(output, descending, long.MaxValue);
        sink.Add(moments, values);
        return output.Count;
    }

    private static int ReadBuckets(Aggregation aggregation, long[] moments, double[] values, bool descending)
    {
        var output = new SampleBuffer();
        var sink = new BucketSink(aggregation, TimeRange.All, descending, long.MaxValue, output);
        sink.Add(moments, values);
        sink.Complete();
        sink.TryDrain(int.MaxValue);
        return output.Count;
    }

    private static void PrintReduction(int series, int length, bool isShuffled)
    {
        var (moments, values) = (new long[length], new double[length]);
        for (var i = 0; i < length; i++)
        {
            (moments[i], values[i]) = (Start + (i * Step), i);
        }

        if (isShuffled)
        {
            new Random(1).Shuffle(moments);
        }

        var rate = MedianOf(series * length, () =>
        {
            var reducer = new SeriesReducer(Aggregator.Average);
            for (var i = 0; i < series; i++)
            {
                // Series begin at different moments. Shuffled ones go the other way each time, so that no value is where it is expected.
                var missing = i % 3;
                if (isShuffled)
                {
                    moments.AsSpan().Reverse();
                }

                reducer.Add(moments.AsSpan(missing), values.AsSpan(missing));
            }

            var output = new SampleBuffer();
            reducer.WriteTo(output, descending: false);
            return output.Count;
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {series} of {length}{(isShuffled ? ", shuffled" : "")} | {rate:0} |"));
    }
}
