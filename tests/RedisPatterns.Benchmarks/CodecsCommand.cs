using System.Diagnostics;
using System.Globalization;

namespace RedisPatterns.Benchmarks;

/// <summary>How many bytes the points of time series take in chunks, and how fast chunks are written and read, on one core.</summary>
internal static class CodecsCommand
{
    private const int Points = 1_000_000;
    private const int Rounds = 9;
    private static readonly int[] Lengths = [360, 8_640];

    private static readonly Dictionary<string, Func<Random, double, double>> Shapes = new()
    {
        ["slow integer gauge"] = static (dice, last) => dice.Next(10) == 0 ? last + dice.Next(-1, 2) : last,
        ["random doubles"] = static (dice, _) => dice.NextDouble(),
        ["two-decimal random walk"] = static (dice, last) => Math.Round(last + (dice.Next(-50, 51) / 100.0), 2),
    };

    public static int Run()
    {
        Console.WriteLine("| values | points a chunk | bytes a point | written, million points/s | read, million points/s |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var (name, next) in Shapes)
        {
            foreach (var length in Lengths)
            {
                Measure(name, next, length);
            }
        }

        return 0;
    }

    private static void Measure(string name, Func<Random, double, double> next, int length)
    {
        var dice = new Random(1);
        var (values, moments) = (new double[Points], new long[Points]);
        for (var (i, last) = (0, 100.0); i < Points; i++)
        {
            values[i] = last = next(dice, last);
            moments[i] = 1_767_225_600_000 + (i * 10_000L);
        }

        var chunks = new byte[Points / length][];
        var (readMoments, readValues) = (new long[length], new double[length]);
        var (writes, reads) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            writes.Add(RateOf(length * chunks.Length, () =>
            {
                for (var i = 0; i < chunks.Length; i++)
                {
                    chunks[i] = SeriesChunk.Write(moments.AsSpan(i * length, length), values.AsSpan(i * length, length));
                }
            }));
            reads.Add(RateOf(length * chunks.Length, () =>
            {
                foreach (var chunk in chunks)
                {
                    SeriesChunkReader.Open(chunk).Read(TimeRange.All, readMoments, readValues);
                }
            }));
        }

        writes.Sort();
        reads.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {length} | {chunks.Sum(chunk => (double)chunk.Length) / (length * chunks.Length):0.00} | {writes[Rounds / 2]:0} | {reads[Rounds / 2]:0} |"));
    }

    // In million points a second.
    private static double RateOf(int points, Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return points / Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }
}
