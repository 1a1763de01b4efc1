using Narration;
using RedisPatterns;
using Telemetry.Charts;

namespace Telemetry.Chapters;

/// <summary>Samples that are wrong, missing or late, and a rule that follows.</summary>
public sealed class CorrectionChapter : IChapter
{
    private static readonly DateTimeOffset Monday = new(2015, 7, 27, 0, 0, 0, TimeSpan.Zero);

    public string Title => "Late and wrong";

    public string Text => "A write notes what it has changed in its own step, so a rule makes anew what is stale and nothing else, before anybody reads it.";

    public async Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        var (weather, weekly) = (station.Weather, station.Weather.Resolution("weekly"));
        var week = TimeRange.Between(Monday, Monday.AddDays(7));
        var summer = TimeRange.Between(Monday.AddDays(-56), Monday.AddDays(56));
        var days = await narrator.StepAsync(
            "The week of 27 July 2015",
            () => weather.RangeAsync("temp-max", week, cancellationToken: cancellationToken),
            days => new TextAnswer(string.Join("  ", days.Select(day => $"{day.Value:0.0}"))));
        var before = await narrator.StepAsync("Its average", () => weekly.RangeAsync("temp-max", week, cancellationToken: cancellationToken), Tell);

        var (right, wrong) = (days[3], days[3] with { Value = 99.9 });
        await narrator.StepAsync(
            "A broken sensor sends 99.9 for Thursday again: of one moment the last sample stays, and the average follows",
            async () =>
            {
                await weather.AddAsync("temp-max", wrong, cancellationToken);
                return await weekly.RangeAsync("temp-max", week, cancellationToken: cancellationToken);
            },
            Tell);
        await narrator.StepAsync(
            "It is corrected in the same way",
            async () =>
            {
                await weather.AddAsync("temp-max", right, cancellationToken);
                return await weekly.RangeAsync("temp-max", week, cancellationToken: cancellationToken);
            },
            now => Compare(before, now));

        await narrator.StepAsync(
            "Nobody trusts that week, so it is deleted",
            () => weather.DeleteAsync("temp-max", week, cancellationToken),
            deleted => new TextAnswer($"{deleted} samples deleted."));
        var gap = new SeriesRangeOptions { Aggregation = new(Aggregator.Average, TimeSpan.FromDays(7)) { Origin = Monday, Empty = EmptyBuckets.NaN } };
        await narrator.StepAsync(
            "The summer week by week, with the gap",
            () => weekly.RangeAsync("temp-max", summer, gap, cancellationToken),
            weeks => SeriesChart.Line(weeks, "°C"));
        var line = new SeriesRangeOptions { Aggregation = new(Aggregator.Average, TimeSpan.FromDays(7)) { Origin = Monday, Empty = EmptyBuckets.Linear } };
        await narrator.StepAsync(
            "And with a straight line across it",
            () => weekly.RangeAsync("temp-max", summer, line, cancellationToken),
            weeks => new TextAnswer([.. SeriesChart.Line(weeks, "°C").Lines, $"{weeks.Single(sample => sample.Time == Monday).Value:0.00} in the gap"]));

        SeriesSample[] late = [.. days.Reverse()];
        await narrator.StepAsync(
            "The days come once more, late and last one first",
            () => weather.AddAsync("temp-max", late, cancellationToken),
            report => new TextAnswer($"{report.Written} written."));
        await narrator.StepAsync("The week is as it was", () => weekly.RangeAsync("temp-max", week, cancellationToken: cancellationToken), now => Compare(before, now));
    }

    private static TextAnswer Tell(SeriesData weeks) => new(string.Join("  ", weeks.Select(week => $"{week.Value:0.00}")));

    // Sums are those of floating point, whose last digits depend on the order.
    private static TextAnswer Compare(SeriesData before, SeriesData now) => new($"{Tell(now).Lines[0]}, as before: {Math.Abs(before[0].Value - now[0].Value) < 1e-9}");
}
