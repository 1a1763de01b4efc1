using Narration;
using RedisPatterns;
using Telemetry.Charts;
using Telemetry.Data;

namespace Telemetry.Chapters;

/// <summary>The delays of flights, by airport, state, hour and day.</summary>
public sealed class FlightChapter(Records records) : IChapter
{
    private const int EnoughFlights = 100, EnoughInAnHour = 25, Shown = 10;

    public string Title => "Flights";

    public string Text => "Two series for each airport: minutes of delay, and flights. Under the policy Sum two flights of one minute count as two (but so does a call that is repeated after a timeout).";

    public async Task TellAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        var (flights, all) = (station.Flights, FlightSeries.Of(records.Flights));
        await narrator.DeclareAsync(
            "Declare them",
            all,
            series => flights.DeclareAsync(series.Name, series.Labels, cancellationToken),
            () => new TextAnswer($"{all.Count} series, such as {WeatherChapter.Tell(all[0])}"));
        await narrator.LoadAsync(
            "Three months, day by day",
            [.. records.Flights.GroupBy(flight => flight.Departed.Date).Select(day => day.ToArray())],
            day => flights.AddAsync(FlightSeries.Samples(day), cancellationToken));
        await TellPoliciesAsync(station, narrator, cancellationToken);

        SeriesFilter minutes = SeriesFilter.Is("kind", "minutes"), counts = SeriesFilter.Is("kind", "flights");
        var total = new SeriesRangeOptions { Aggregation = new(Aggregator.Sum, Period.Year) };
        await narrator.StepAsync(
            $"Where one waits longest: minutes by flight, of airports with {EnoughFlights} flights and more",
            async () => (
                await flights.GroupsAsync(minutes, TimeRange.All, "airport", Aggregator.Sum, total, cancellationToken),
                await flights.GroupsAsync(counts, TimeRange.All, "airport", Aggregator.Sum, total, cancellationToken)),
            groups => Averages(groups.Item1, groups.Item2));
        await narrator.StepAsync(
            "And by another label, the state",
            async () => (
                await flights.GroupsAsync(minutes, TimeRange.All, "state", Aggregator.Sum, total, cancellationToken),
                await flights.GroupsAsync(counts, TimeRange.All, "state", Aggregator.Sum, total, cancellationToken)),
            groups => Averages(groups.Item1, groups.Item2));

        var hourly = new SeriesRangeOptions { Aggregation = new(Aggregator.Sum, Period.Hour) };
        await narrator.StepAsync(
            "All airports as one, hour by hour; the hours with most minutes of delay",
            () => flights.GroupsAsync(SeriesFilter.All, TimeRange.All, "kind", Aggregator.Sum, hourly, cancellationToken),
            groups => new TableAnswer(
                ["hour", "#flights", "#minutes"],
                [.. Hours(groups).OrderByDescending(hour => hour.Minutes).Take(5).Select(hour => (IReadOnlyList<string>)[$"{hour.Time:yyyy-MM-dd HH}:00", $"{hour.Flights:N0}", $"{hour.Minutes:N0}"])]));
        await narrator.StepAsync(
            "When people fly: flights by the hour of the day",
            async () => Clock(await flights.GroupsAsync(SeriesFilter.All, TimeRange.All, "kind", Aggregator.Sum, hourly, cancellationToken)),
            clock => new BarsAnswer([.. clock.Select(hour => new Bar(hour.Label, hour.Flights))]));
        await narrator.StepAsync(
            $"And how late: minutes by flight, of hours with {EnoughInAnHour} flights and more that are not early",
            async () => Clock(await flights.GroupsAsync(SeriesFilter.All, TimeRange.All, "kind", Aggregator.Sum, hourly, cancellationToken)),
            clock => new BarsAnswer([.. clock.Where(hour => hour.Flights >= EnoughInAnHour && hour.Minutes > 0).Select(hour => new Bar(hour.Label, hour.Minutes / hour.Flights))], "N1"));
        var daily = new SeriesRangeOptions { Aggregation = new(Aggregator.Sum, Period.Day) };
        await narrator.StepAsync(
            "Minutes of delay, day by day: the storms of January and February stand out",
            () => flights.GroupsAsync(minutes, TimeRange.All, "kind", Aggregator.Sum, daily, cancellationToken),
            groups => SeriesChart.Lines(groups[0].Samples, 1, "minutes"));
    }

    private async Task TellPoliciesAsync(Station station, Narrator narrator, CancellationToken cancellationToken)
    {
        var twins = records.Flights.GroupBy(flight => (flight.Airport, flight.Departed)).Where(group => group.Count() > 1).ToList();
        var pair = twins[0].Select(flight => new SeriesSample(flight.Departed, flight.Minutes)).ToArray();
        await narrator.StepAsync(
            $"{twins.Count} times two flights leave an airport in one minute. Of the first two, {pair[0].Value:0} and {pair[1].Value:0} minutes late, each policy keeps",
            async () =>
            {
                var kept = new List<(DuplicatePolicy Policy, double Value, int Refused)>();
                foreach (var policy in Enum.GetValues<DuplicatePolicy>())
                {
                    var tried = station.Keyspace.TimeSeries($"tried-{policy}", new TimeSeriesOptions { Duplicates = policy });
                    var report = await tried.AddAsync("minutes", pair, cancellationToken);
                    var sample = await tried.LatestAsync("minutes", cancellationToken);
                    kept.Add((policy, sample!.Value.Value, report.Refused.Count));
                }

                return kept;
            },
            kept => new TableAnswer(["policy", "#minutes", "#refused"], [.. kept.Select(one => (IReadOnlyList<string>)[$"{one.Policy}", $"{one.Value:0}", $"{one.Refused}"])]));
    }

    // The groups of both calls are of the same airports, or states, in the same order.
    private static BarsAnswer Averages(IReadOnlyList<SeriesGroup> minutes, IReadOnlyList<SeriesGroup> counts) => new(
        [
            .. minutes.Zip(counts, (sum, count) => (Label: sum.Value, Minutes: sum.Samples[0].Value, Flights: count.Samples[0].Value))
                .Where(group => group.Flights >= EnoughFlights)
                .Select(group => new Bar(group.Label, group.Minutes / group.Flights))
                .OrderByDescending(bar => bar.Value)
                .Take(Shown),
        ],
        "N1");

    // Two groups, flights and minutes, with a value for the same hours.
    private static IEnumerable<(DateTimeOffset Time, double Flights, double Minutes)> Hours(IReadOnlyList<SeriesGroup> groups) =>
        groups[0].Samples.Zip(groups[1].Samples, (flights, minutes) => (flights.Time, flights.Value, minutes.Value));

    private static List<(string Label, double Flights, double Minutes)> Clock(IReadOnlyList<SeriesGroup> groups) =>
    [
        .. Hours(groups).GroupBy(hour => hour.Time.Hour)
            .OrderBy(hour => hour.Key)
            .Select(hour => ($"{hour.Key:00}:00", hour.Sum(one => one.Flights), hour.Sum(one => one.Minutes))),
    ];
}
