using Narration;
using RedisPatterns;
using Telemetry.Data;
using Telemetry.Engines;

namespace Telemetry.Chapters;

/// <summary>The same samples in each engine that the store has: what they weigh, and how fast they are taken.</summary>
public sealed class EngineChapter(Records records) : IChapter
{
    private const int Points = 20_000;

    private static readonly SeriesEngine[] Engines = [SeriesEngine.SortedSet, SeriesEngine.HashBuckets, SeriesEngine.Chunks, SeriesEngine.OrderedKeys];

    public string Title => "Engines";

    public string Text => "The weather again, and a gauge read every ten seconds. Nothing but an option differs. Chunks are sealed before they are weighed.";

    public async Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        NamedSample[] weather = [.. records.Days.SelectMany(WeatherSeries.Samples)], gauge = Gauge.Draw(Points);
        var runs = new List<EngineRun>();
        foreach (var engine in Engines.Where(engine => engine != SeriesEngine.OrderedKeys || station.Keyspace.Store.Capabilities.Has(StoreFeatures.OrderedKeys)))
        {
            runs.Add(new(station.Keyspace, "weather", engine, TimeSpan.FromDays(1), weather));
            runs.Add(new(station.Keyspace, "gauge", engine, Gauge.Step, gauge));
        }

        foreach (var run in runs)
        {
            await narrator.LoadAsync($"{run.Engine}: {run.Count:N0} samples of the {run.Kind}", run.Calls, samples => run.Set.AddAsync(samples, cancellationToken));
            run.Took = narrator.Steps[^1].Elapsed;
            await run.Set.SealAsync(cancellationToken: cancellationToken);
        }

        var footprint = new Footprint(station.Keyspace);
        await narrator.StepAsync(
            "Bytes a sample that keys and values hold, counted, with catalogue and labels",
            () => footprint.PayloadAsync(runs, cancellationToken),
            bytes => new TableAnswer(["engine", "#weather", "#gauge"], Rows(runs, bytes)));
        await narrator.StepAsync(
            "What this store made of it, measured: bytes a sample as MEMORY USAGE tells them, where there is one, and samples a second",
            () => footprint.MemoryAsync(runs, cancellationToken),
            bytes => new TableAnswer(
                ["engine", "#weather, bytes", "#gauge, bytes", "#weather, samples/s", "#gauge, samples/s"],
                [.. Rows(runs, bytes).Zip(runs.Chunk(2), (row, pair) => (IReadOnlyList<string>)[.. row, .. pair.Select(Rate)])]));
    }

    private static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<EngineRun> runs, long[]? bytes) =>
        [.. runs.Index().Chunk(2).Select(pair => (IReadOnlyList<string>)[$"{pair[0].Item.Engine}", .. pair.Select(run => bytes is null ? "-" : $"{(double)bytes[run.Index] / run.Item.Count:0.0}")])];

    private static string Rate(EngineRun run) => $"{run.Count / Math.Max(run.Took.TotalSeconds, 1e-6):N0}";
}
