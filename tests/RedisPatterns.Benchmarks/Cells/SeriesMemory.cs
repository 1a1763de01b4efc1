using System.Diagnostics;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>How much memory of the server a sample takes, keys and all that belongs to it included.</summary>
internal static class SeriesMemory
{
    // For chunks that are sealed, by the shapes.
    private static readonly double[] Bars = [0.6, 8.5, 2];

    public static async Task PrintAsync(ServerMeter meter, Clients clients, BenchmarkOptions options)
    {
        var table = new Dictionary<string, List<string>>();
        var (shapes, sealing) = (SeriesShapes.All.Keys.ToArray(), TimeSpan.Zero);
        void Note(string name, double bytes, double? bar = null)
        {
            var verdict = bar is null ? "" : FormattableString.Invariant($" (at most {bar}{(options.JudgesBars ? $": {SeriesTable.Verdict(bytes <= bar)}" : "")})");
            (table.TryGetValue(name, out var found) ? found : table[name] = []).Add(FormattableString.Invariant($"{bytes:0.00}") + verdict);
        }

        // The server keeps the texts of scripts from their first use on: they are no series' own.
        var first = new SeriesSides(clients, "first");
        await SeriesSides.LoadAsync(first.Chunks, new SeriesSamples(shapes[0], 10));
        await first.Chunks.SealAsync();
        for (var shape = 0; shape < shapes.Length; shape++)
        {
            var samples = new SeriesSamples(shapes[shape], options.Points);
            var sides = new SeriesSides(clients, $"shape{shape}");
            foreach (var side in (ISeriesSide[])[sides.ByHand, sides.Records, sides.SortedSet, sides.HashBuckets, sides.Chunks])
            {
                await meter.FlushAsync();
                var before = await meter.UsedMemoryAsync();
                async Task<double> BytesAsync() => (double)(await meter.UsedMemoryAsync() - before) / (SeriesSamples.SeriesCount * samples.Points);
                await SeriesSides.LoadAsync(side, samples);
                Note(side.Name, await BytesAsync());
                if (side == sides.Chunks)
                {
                    var began = Stopwatch.GetTimestamp();
                    await sides.Chunks.SealAsync();
                    sealing += Stopwatch.GetElapsedTime(began);
                    Note("chunks, sealed", await BytesAsync(), Bars[shape]);
                }
            }
        }

        Console.WriteLine(FormattableString.Invariant($"Bytes of the server a sample, of {SeriesSamples.SeriesCount} series of {options.Points:N0} samples:"));
        Console.WriteLine($"| what | {string.Join(" | ", shapes)} |\n|---|--:|--:|--:|");
        foreach (var (name, cells) in table)
        {
            Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }

        Console.WriteLine(FormattableString.Invariant($"Sealing all three took {sealing.TotalSeconds:0.00} s, one bucket after the other."));
    }
}
