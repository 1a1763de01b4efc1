using Narration;
using RedisPatterns;
using Telemetry.Charts;

namespace Telemetry.Chapters;

/// <summary>Raw, weekly, rolling and monthly values as charts.</summary>
public sealed class ChartChapter : IChapter
{
    private static readonly TimeRange Year2015 = TimeRange.Between(Day(2015, 1, 1), Day(2016, 1, 1));

    public string Title => "Charts";

    public string Text => "A range comes as two columns, moments and values, which a chart draws without another copy.";

    public async Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        var (weather, sky) = (station.Weather, station.Sky);
        await narrator.StepAsync(
            "The highs of 2015, day by day",
            () => weather.RangeAsync("temp-max", Year2015, cancellationToken: cancellationToken),
            days => SeriesChart.Lines(days, 2, "°C"));
        await narrator.StepAsync(
            "Week by week, as the rule keeps them",
            () => weather.Resolution("weekly").RangeAsync("temp-max", Year2015, cancellationToken: cancellationToken),
            weeks => SeriesChart.Line(weeks, "°C"));
        await narrator.StepAsync(
            "The warmest thirty days of all, as the other rule keeps them: a value for each day, of the thirty that end with it",
            () => weather.Resolution("rolling").RangeAsync("temp-max", TimeRange.All, cancellationToken: cancellationToken),
            rolling => Greatest(rolling, "°C, until "));

        var highs = new SeriesRangeOptions { Aggregation = new(Aggregator.Average, Period.Month) };
        await narrator.StepAsync(
            "The highs of 2015 on average, by the months of the calendar, which no rule keeps",
            () => weather.RangeAsync("temp-max", Year2015, highs, cancellationToken),
            months => new BarsAnswer([.. months.Select(month => new Bar(SeriesChart.Month(month.Time), month.Value))], "N1"));
        var rain = new SeriesRangeOptions { Aggregation = new(Aggregator.Sum, Period.Month) };
        await narrator.StepAsync(
            "The rain of 48 months, and the wettest of them",
            () => weather.RangeAsync("precipitation", TimeRange.All, rain, cancellationToken),
            months => new TextAnswer([.. SeriesChart.Line(months, "mm").Lines, .. Greatest(months, "mm in the month from ").Lines]));

        await narrator.StepAsync(
            "The hottest day",
            () => weather.RangeAsync("temp-max", TimeRange.All, cancellationToken: cancellationToken),
            days => Greatest(days, "°C on "));
        await narrator.StepAsync(
            "Days above 33 °C, from a stream that never holds more than a page",
            async () => await weather.StreamAsync("temp-max", TimeRange.All, cancellationToken: cancellationToken).Where(day => day.Value > 33).ToListAsync(cancellationToken),
            days => new TextAnswer([.. days.Select(day => $"{SeriesChart.Day(day.Time)}: {day.Value:0.0}")]));

        var snow = new SeriesRangeOptions { Aggregation = new(Aggregator.Count, Period.Month) { Empty = EmptyBuckets.Zero } };
        await narrator.StepAsync(
            "Days of snow by the month: months without any have no sample, and are filled with 0 between the first and the last",
            () => sky.RangeAsync("snow", TimeRange.All, snow, cancellationToken),
            months => new TextAnswer($"{string.Join(' ', months.Select(month => $"{month.Value:0}"))}", $"{SeriesChart.Day(months[0].Time)} to {SeriesChart.Day(months[^1].Time)}"));
    }

    private static TextAnswer Greatest(SeriesData data, string text)
    {
        var greatest = data.MaxBy(sample => sample.Value);
        return new($"{greatest.Value:0.0} {text}{SeriesChart.Day(greatest.Time)}");
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
