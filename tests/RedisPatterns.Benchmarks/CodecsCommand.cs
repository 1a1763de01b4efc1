using System.Diagnostics;
using System.Globalization;
using RedisPatterns.Benchmarks.Data;

namespace RedisPatterns.Benchmarks;

/// <summary>How many bytes the points of time series take in chunks, and how fast chunks are written, read, read in part, merged and summed up, on one core.</summary>
internal static class CodecsCommand
{
    private const int Points = 1_000_000;
    private const int Rounds = 9;
    private const int Step = 10_000;
    private const long Start = 1_767_225_600_000;
    private const int PartLength = 1_440;
    private const int Part = 360;
    private const int Records = 512;
    private const int AtOnce = 100;
    private static readonly int[] Lengths = [AtOnce, 360, 1_440, 8_640];

    public static int Run()
    {
        WarmUp();
        Console.WriteLine("| values | points a chunk | bytes a point | written, million points/s | read, million points/s |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var (name, next) in SeriesShapes.All)
        {
            foreach (var length in Lengths)
            {
                MeasureChunks(name, next, length);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"| values | {PartLength} points, µs | {Part} of them, µs | their summary, µs | {Records} records behind them: read, µs | late ones: read, µs | sealed, µs | chunks of {AtOnce}: read, µs | sealed, µs |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, next) in SeriesShapes.All)
        {
            MeasureBuckets(name, next);
        }

        return 0;
    }

    // Until all is compiled as well as it will be.
    private static void WarmUp()
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10);)
        {
            foreach (var next in SeriesShapes.All.Values)
            {
                TimesOfChunks(next, PartLength);
                TimesOfBuckets(next);
            }
        }
    }

    private static void MeasureChunks(string name, Func<Random, double, double> next, int length)
    {
        var (points, bytes, write, read) = TimesOfChunks(next, length);
        Print($"| {name} | {length} | {bytes / points:0.00} | {points / write:0} | {points / read:0} |");
    }

    private static void MeasureBuckets(string name, Func<Random, double, double> next)
        => Print($"| {name} | {string.Join(" | ", TimesOfBuckets(next).Select(time => time.ToString("0.00", CultureInfo.InvariantCulture)))} |");

    private static (int Points, double Bytes, double Write, double Read) TimesOfChunks(Func<Random, double, double> next, int length)
    {
        var (moments, values) = Series(next);
        var chunks = new byte[Points / length][];
        var (readMoments, readValues) = (new long[length], new double[length]);
        var write = MedianOf(() =>
        {
            for (var i = 0; i < chunks.Length; i++)
            {
                chunks[i] = SeriesChunk.Write(moments.AsSpan(i * length, length), values.AsSpan(i * length, length));
            }
        });
        var read = MedianOf(() =>
        {
            foreach (var chunk in chunks)
            {
                SeriesChunkReader.Open(chunk).Read(TimeRange.All, readMoments, readValues);
            }
        });
        return (length * chunks.Length, chunks.Sum(static chunk => (double)chunk.Length), write, read);
    }

    // In microseconds a bucket.
    private static double[] TimesOfBuckets(Func<Random, double, double> next)
    {
        var (moments, values) = Series(next);
        var count = Points / PartLength;
        var buckets = new (TimeRange Bucket, byte[] Chunk, byte[] Open, byte[] Late, byte[] Chunks)[count];
        var samples = SamplesOf(moments, values);
        for (var i = 0; i < count; i++)
        {
            var times = moments.AsSpan(i * PartLength, PartLength);
            var numbers = values.AsSpan(i * PartLength, PartLength);
            var chunk = SeriesChunk.Write(times, numbers);
            var sealedCount = PartLength - Records;
            var early = SeriesChunk.Write(times[..sealedCount], numbers[..sealedCount]);
            buckets[i] = (
                new(times[0], times[^1] + 1),
                chunk,
                [.. early, .. RecordsOf(times[sealedCount..], numbers[sealedCount..], 0)],
                [.. chunk, .. RecordsOf(times[..Records], numbers[..Records], i + 1)],
                [.. samples[(i * PartLength)..((i + 1) * PartLength)].Chunk(AtOnce).SelectMany(static part => BucketValue.WriteParts(part))]);
        }

        var (counting, summing) = (new Sink(false), new Sink(true));
        return
        [.. new[]
        {
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Read(b.Chunk, b.Bucket, b.Bucket, DuplicatePolicy.Last, counting))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Read(b.Chunk, b.Bucket, new(b.Bucket.From + (2 * Part * Step), b.Bucket.From + (3 * Part * Step)), DuplicatePolicy.Last, counting))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Read(b.Chunk, b.Bucket, b.Bucket, DuplicatePolicy.Last, summing))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Read(b.Open, b.Bucket, b.Bucket, DuplicatePolicy.Last, counting))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Read(b.Late, b.Bucket, b.Bucket, DuplicatePolicy.Last, counting))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Seal(b.Open, b.Bucket, DuplicatePolicy.Last))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Read(b.Chunks, b.Bucket, b.Bucket, DuplicatePolicy.Last, counting))),
            MedianOf(() => Array.ForEach(buckets, b => BucketValue.Seal(b.Chunks, b.Bucket, DuplicatePolicy.Last))),
        }.Select(time => time / count)];
    }

    private static (long[] Moments, double[] Values) Series(Func<Random, double, double> next)
    {
        var moments = new long[Points];
        for (var i = 0; i < Points; i++)
        {
            moments[i] = Start + (i * (long)Step);
        }

        return (moments, SeriesShapes.Make(next, seed: 1, Points));
    }

    private static SeriesSample[] SamplesOf(ReadOnlySpan<long> moments, ReadOnlySpan<double> values)
    {
        var samples = new SeriesSample[moments.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = new(moments[i], values[i]);
        }

        return samples;
    }

    // In order, or as several writers bring them.
    private static byte[] RecordsOf(ReadOnlySpan<long> moments, ReadOnlySpan<double> values, int seed)
    {
        var samples = SamplesOf(moments, values);
        if (seed > 0)
        {
            new Random(seed).Shuffle(samples);
        }

        return BucketValue.WriteRecords(samples);
    }

    // In microseconds.
    private static double MedianOf(Action work)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        times.Sort();
        return times[Rounds / 2];
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Sink(bool takesSummaries) : ISampleSink
    {
        private long _count;

        public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
        {
            _count += timestamps.Length;
            return true;
        }

        public bool TryAdd(in SeriesSummary stretch)
        {
            _count += takesSummaries ? stretch.Count : 0;
            return takesSummaries;
        }
    }
}
