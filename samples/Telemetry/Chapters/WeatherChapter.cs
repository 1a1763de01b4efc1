using Narration;
using RedisPatterns;
using Telemetry.Charts;
using Telemetry.Data;

namespace Telemetry.Chapters;

/// <summary>Declares the series of the weather, and loads them day by day.</summary>
public sealed class WeatherChapter(Records records) : IChapter
{
    public string Title => "Weather";

    public string Text => "Four years of Seattle. A call adds the samples of many series in one atomic step, and notes in it what the rules have to make anew.";

    public async Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        var (weather, sky, skies) = (station.Weather, station.Sky, records.Days.Select(WeatherSeries.Sky).ToList());
        await narrator.DeclareAsync(
            "Four series of numbers, each with its labels",
            WeatherSeries.Numbers,
            series => weather.DeclareAsync(series.Name, series.Labels, cancellationToken),
            () => new TextAnswer([.. WeatherSeries.Numbers.Select(Tell)]));
        await narrator.LoadAsync(
            "The numbers, as a station would send them: day by day",
            records.Days,
            day => weather.AddAsync(WeatherSeries.Samples(day), cancellationToken));
        await narrator.StepAsync(
            "The rules catch up with all of it; a read would see to it as well",
            () => weather.RunRulesAsync(cancellationToken),
            made => new TextAnswer($"Weekly and rolling averages are up to date: {made > 0}."));

        await narrator.DeclareAsync(
            "Five series of days: of rain, sun, fog, drizzle and snow",
            WeatherSeries.Skies,
            series => sky.DeclareAsync(series.Name, series.Labels, cancellationToken),
            () => new TextAnswer([.. WeatherSeries.Skies.Select(Tell)]));
        await narrator.StepAsync(
            "What each day was, all at once: 512 samples are a round trip; periods that are full are compressed meanwhile",
            () => AddAndFinishSealingAsync(sky, skies, cancellationToken),
            report => new TextAnswer($"{report.Written:N0} samples."));
        await narrator.StepAsync("What is known of a series", () => weather.InfoAsync("temp-max", cancellationToken), info => Tell(info!));
    }

    internal static string Tell(LabelledSeries series) => $"{series.Name}: {string.Join(", ", series.Labels.Select(label => $"{label.Key}={label.Value}"))}";

    // Nobody need wait for the sealing but one who counts its round trips, or is about to close the store.
    private static async ValueTask<SeriesAddReport> AddAndFinishSealingAsync(KeyspaceTimeSeries sky, IReadOnlyList<NamedSample> skies, CancellationToken cancellationToken)
    {
        var report = await sky.AddAsync(skies, cancellationToken).ConfigureAwait(false);
        await sky.FinishSealingAsync(cancellationToken).ConfigureAwait(false);
        return report;
    }

    private static TextAnswer Tell(SeriesInfo info) =>
        new($"{info.Samples:N0} samples in {info.Keys} keys ({info.Engine}), {Day(info.First)} to {Day(info.Last)}.");

    private static string Day(long? moment) => SeriesChart.Day(DateTimeOffset.FromUnixTimeMilliseconds(moment!.Value));
}
