using System.Globalization;
using Telemetry.Charts;

namespace Telemetry.Tests;

/// <summary>What is true of the flights: made of the file by plain code.</summary>
public sealed class FlightTests(InMemoryRun run)
{
    private static readonly Dictionary<string, string> States = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "airports.csv"))
        .Select(Narration.CsvFile.Split).Skip(1).ToDictionary(row => row[0], row => row[3]);

    [Fact]
    public void All_flights_are_loaded()
    {
        Assert.StartsWith($"{2 * Files.Flights.DistinctBy(flight => flight.Airport).Count()} series", run.Answer("Declare them")[0], StringComparison.Ordinal);
        Assert.Equal(["20,000 samples in 90 calls."], run.Answer("Three months"));
        Assert.Equal(90, run.Step("Three months").RoundTrips);
    }

    [Fact]
    public void Of_two_flights_of_one_minute_each_policy_keeps_what_it_says()
    {
        var twins = Files.Flights.GroupBy(flight => (flight.Airport, flight.Departed)).Where(group => group.Count() > 1).ToList();
        var (one, other) = (twins[0].First().Minutes, twins[0].Last().Minutes);
        Assert.Equal(
            [
                $"Last {other} 0", $"First {one} 0", $"Minimum {Math.Min(one, other)} 0", $"Maximum {Math.Max(one, other)} 0", $"Sum {one + other} 0", $"Block {one} 1",
            ],
            Words($"{twins.Count} times two flights").Skip(1));
    }

    [Fact]
    public void Airports_and_states_have_the_averages_of_their_flights()
    {
        Assert.Equal(Averages(flight => flight.Airport), Bars("Where one waits longest"));
        Assert.Equal(Averages(flight => States[flight.Airport]), Bars("And by another label"));
        Assert.Equal("MIA 15.3", Bars("Where one waits longest")[0]);
    }

    [Fact]
    public void Hours_have_the_sums_of_their_flights()
    {
        var expected = Files.Flights.GroupBy(flight => (flight.Day, flight.Hour)).OrderByDescending(hour => hour.Sum(flight => flight.Minutes)).Take(5)
            .Select(hour => $"{hour.Key.Day} {hour.Key.Hour}:00 {hour.Count()} {hour.Sum(flight => flight.Minutes)}");
        Assert.Equal(expected, Words("All airports as one").Skip(1));
    }

    [Fact]
    public void Hours_of_the_day_have_their_flights_and_averages()
    {
        var hours = Files.Flights.GroupBy(flight => flight.Hour).OrderBy(hour => hour.Key, StringComparer.Ordinal).ToList();
        Assert.Equal(hours.Select(hour => $"{hour.Key}:00 {hour.Count()}"), Bars("When people fly"));
        Assert.Equal(
            hours.Where(hour => hour.Count() >= 25 && hour.Sum(flight => flight.Minutes) > 0).Select(hour => $"{hour.Key}:00 {Text(hour.Average(flight => flight.Minutes))}"),
            Bars("And how late"));
    }

    [Fact]
    public void Days_have_the_sums_of_their_flights()
    {
        var days = Files.Flights.GroupBy(flight => flight.Day).Select(day => (day.Key, Minutes: day.Sum(flight => flight.Minutes))).ToList();
        var (least, greatest) = (days.Min(day => day.Minutes), days.Max(day => day.Minutes));
        var expected = days.GroupBy(day => day.Key[..7]).Select(month => Sparkline.Of([.. month.Select(day => day.Minutes)], least, greatest));
        var answer = run.Answer("Minutes of delay, day by day");
        Assert.Equal(expected, answer.SkipLast(1).Select(line => line.Split("  ")[1]));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"90 values, {least:0.0} to {greatest:0.0} minutes"), answer[^1]);
    }

    private static IEnumerable<string> Averages(Func<Files.Flight, string> key) =>
        Files.Flights.GroupBy(key).Where(group => group.Count() >= 100)
            .Select(group => (group.Key, Minutes: group.Average(flight => flight.Minutes)))
            .OrderByDescending(group => group.Minutes).Take(10)
            .Select(group => $"{group.Key} {Text(group.Minutes)}");

    private List<string> Bars(string question) => [.. run.Answer(question).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]))];

    private IEnumerable<string> Words(string question) => run.Answer(question).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static string Text(double value) => value.ToString("N1", CultureInfo.InvariantCulture);
}
