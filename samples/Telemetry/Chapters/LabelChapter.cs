using Narration;
using RedisPatterns;
using Telemetry.Charts;

namespace Telemetry.Chapters;

/// <summary>Series that are found, and joined, by their labels.</summary>
public sealed class LabelChapter : IChapter
{
    public string Title => "Labels";

    public string Text => "What a series is stands in its labels. Filters find series by them; a group is one series made of those that share a value.";

    public async Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        var (weather, sky) = (station.Weather, station.Sky);
        await narrator.StepAsync(
            "Which series are of Seattle, and not in degrees?",
            async () => await weather.ListAsync(SeriesFilter.Is("city", "seattle") & SeriesFilter.IsNot("unit", "°C"), cancellationToken).ToListAsync(cancellationToken),
            found => new TextAnswer([.. found.OrderBy(series => series.Name, StringComparer.Ordinal).Select(WeatherChapter.Tell)]));
        await narrator.StepAsync(
            "The latest of each",
            async () => await weather.LatestAsync(SeriesFilter.Has("unit"), cancellationToken).ToListAsync(cancellationToken),
            latest => new TextAnswer([.. latest.OrderBy(one => one.Series.Name, StringComparer.Ordinal).Select(Tell)]));
        await narrator.StepAsync(
            "Highs and lows are the series in degrees: their range is how far day and night lie apart, here at its greatest",
            () => weather.GroupsAsync(SeriesFilter.Has("kind"), TimeRange.All, "unit", Aggregator.Range, cancellationToken: cancellationToken),
            groups => Widest(groups.Single(group => group.Value == "°C")));

        var years = new SeriesRangeOptions { Aggregation = new(Aggregator.Count, Period.Year) };
        await narrator.StepAsync(
            "Days of each kind, year by year",
            () => sky.GroupsAsync(SeriesFilter.Is("city", "seattle"), TimeRange.All, "weather", Aggregator.Sum, years, cancellationToken),
            groups => new TableAnswer(
                ["weather", "#2012", "#2013", "#2014", "#2015"],
                [.. groups.Select(group => (IReadOnlyList<string>)[group.Value, .. Enumerable.Range(2012, 4).Select(year => In(group, year))])]));
    }

    private static string Tell(LatestSample latest) =>
        $"{latest.Series.Name}: {latest.Sample!.Value.Value:0.0} {latest.Series.Labels["unit"]} on {SeriesChart.Day(latest.Sample.Value.Time)}";

    private static TextAnswer Widest(SeriesGroup group)
    {
        var widest = group.Samples.MaxBy(sample => sample.Value);
        return new($"{widest.Value:0.0} °C on {SeriesChart.Day(widest.Time)}, of {string.Join(" and ", group.Series)}");
    }

    private static string In(SeriesGroup group, int year) => $"{group.Samples.FirstOrDefault(sample => sample.Time.Year == year).Value:0}";
}
