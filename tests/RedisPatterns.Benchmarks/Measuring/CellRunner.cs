using System.Diagnostics;

namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>Runs cells: a warm-up, then rounds in which the variants take turns.</summary>
internal sealed class CellRunner(ServerMeter meter, BenchmarkOptions options)
{
    private readonly Dictionary<Variant, long> _numbers = [];

    /// <summary>A row for every variant but the baseline, against the baseline.</summary>
    public Task<List<Row>> RunAsync(Cell cell, Func<Variant, Task<double>> roundTrips) =>
        RunAsync(cell, roundTrips, variants => variants.Where(variant => variant != variants[1]).Select(variant => (variant, variants[1])));

    /// <summary>A row for every variant but ours: ours against each.</summary>
    public Task<List<Row>> RunAgainstEachAsync(Cell cell, Func<Variant, Task<double>> roundTrips) =>
        RunAsync(cell, roundTrips, variants => variants.Skip(1).Select(variant => (variants[0], variant)));

    /// <summary>Runs the workers of a variant once, and what cleans up behind them.</summary>
    public async Task<Sample> MeasureAsync(Cell cell, Variant variant, int concurrency, TimeSpan duration, long? operations = null)
    {
        var first = _numbers.GetValueOrDefault(variant);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var (cpuBefore, commandsBefore) = await meter.ReadAsync();
        var clientBefore = Environment.CpuUsage.TotalTime;
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var loop = new Loop(first, operations is { } some ? first + some : cell.Limit == long.MaxValue ? long.MaxValue : first + cell.Limit, duration, concurrency);
        var start = Stopwatch.GetTimestamp();
        await Task.Run(() => Task.WhenAll(Enumerable.Range(0, concurrency).Select(worker => variant.Work(loop, worker))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        var client = (Environment.CpuUsage.TotalTime - clientBefore).TotalMicroseconds;
        var (cpuAfter, commandsAfter) = await meter.ReadAsync();
        var count = loop.Count;
        _numbers[variant] = first + count;
        if (variant.Cleanup is not null)
        {
            await variant.Cleanup(first, first + count);
        }

        return new Sample(
            count / elapsed.TotalSeconds,
            (double)allocated / count,
            (cpuAfter - cpuBefore) / count * 100_000,
            client / count,
            (double)(commandsAfter - commandsBefore - 2) / count);
    }

    private async Task<List<Row>> RunAsync(Cell cell, Func<Variant, Task<double>> roundTrips, Func<Variant[], IEnumerable<(Variant Ours, Variant Baseline)>> pairs)
    {
        var rows = new List<Row>();
        var trips = new Dictionary<Variant, double>();
        foreach (var variant in cell.Variants)
        {
            trips[variant] = await roundTrips(variant);
        }

        foreach (var concurrency in cell.InFlight is { } inFlight ? [inFlight] : options.Concurrencies.Where(count => count <= cell.MaximumConcurrency))
        {
            var variants = cell.Variants.Where(variant => concurrency <= variant.MaximumConcurrency).ToArray();
            var samples = await SampleAsync(cell, variants, concurrency);
            rows.AddRange(pairs(variants).Select(pair => RowOf(cell, pair.Ours, pair.Baseline, concurrency, samples, trips)));
        }

        return rows;
    }

    private async Task<Dictionary<Variant, List<Sample>>> SampleAsync(Cell cell, Variant[] variants, int concurrency)
    {
        foreach (var variant in variants)
        {
            await MeasureAsync(cell, variant, concurrency, options.WarmUp);
        }

        var samples = variants.ToDictionary(variant => variant, _ => new List<Sample>());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var variant in variants)
            {
                samples[variant].Add(await MeasureAsync(cell, variant, concurrency, options.Seconds));
            }
        }

        return samples;
    }

    private static Row RowOf(
        Cell cell, Variant variant, Variant other, int concurrency, Dictionary<Variant, List<Sample>> samples, Dictionary<Variant, double> roundTrips)
    {
        var (ours, baseline) = (samples[variant], samples[other]);
        double Ours(Func<Sample, double> read) => Sample.Median(ours.Select(read));
        double Baseline(Func<Sample, double> read) => Sample.Median(baseline.Select(read));
        var ratio = Sample.Median(ours.Zip(baseline, (mine, theirs) => mine.Rate / theirs.Rate));
        var isBarred = !variant.IsOrientation && cell.Bar is not null;
        var allocation = Ours(sample => sample.Allocated) / Baseline(sample => sample.Allocated);
        return new Row(
            cell.Name,
            variant.Name,
            other.Name,
            concurrency,
            Ours(sample => sample.Rate),
            Baseline(sample => sample.Rate),
            ratio,
            Ours(sample => sample.Allocated),
            Baseline(sample => sample.Allocated),
            roundTrips[variant],
            roundTrips[other],
            Ours(sample => sample.ServerCpu),
            Baseline(sample => sample.ServerCpu),
            Ours(sample => sample.ClientCpu),
            Baseline(sample => sample.ClientCpu),
            Ours(sample => sample.ServerCommands),
            Baseline(sample => sample.ServerCommands),
            isBarred ? cell.Bar : null,
            isBarred ? ratio >= cell.Bar && (cell.AllocationBar is null || allocation <= cell.AllocationBar) : null);
    }
}
