using System.Globalization;

namespace FlightBoard.Tests;

/// <summary>What is true of the data files: read here by other means than the sample's, or counted once by hand.</summary>
public sealed class TrueAnswersTests(InMemoryRun run)
{
    // No value of this file has quotes.
    private static readonly string[][] Flights =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "flights-10k.csv")).Skip(1).Select(line => line.Split(','))];

    [Fact]
    public void The_airport_with_the_code_SEA_is_found() =>
        Assert.Equal(["A2922: Seattle-Tacoma Intl, Seattle, WA (47.4, -122.3)"], run.Answer("Which airport is SEA?"));

    [Fact]
    public void The_greatest_delay_is_509_minutes() =>
        Assert.StartsWith("2001-02-09 MCI-STL  509", run.Answer("The ten greatest delays")[0], StringComparison.Ordinal);

    [Fact]
    public void The_ten_greatest_delays_come_in_order()
    {
        var expected = Flights.Select(Delay).OrderDescending().Take(10);
        Assert.Equal(expected, run.Answer("The ten greatest delays").Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2])));
    }

    [Fact]
    public void Every_airport_has_as_many_flights_as_rows()
    {
        var expected = Flights.CountBy(row => row[1])
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(12)
            .Select(pair => $"{pair.Key} {pair.Value}");
        var answer = run.Answer("Flights per airport").Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2])).ToList();
        Assert.Equal(expected, answer);
        Assert.Equal("DFW 555", answer[0]);
    }

    [Fact]
    public void The_delays_add_up_to_all_flights()
    {
        var counts = run.Answer("Flights per delay").Select(line => Number(line.TrimEnd('#', ' ').Split(' ')[^1])).ToList();
        Assert.Equal([955, 3_909, 2_843, 980, 758, 396, 159], counts);
        Assert.Equal(Flights.Length, counts.Sum());
    }

    [Fact]
    public void Seattles_late_flights_come_latest_first()
    {
        var expected = Flights.Where(row => row[1] == "SEA" && Delay(row) is >= 60 and <= 120).Select(Delay).OrderDescending();
        Assert.Equal(expected, run.Answer("Flights from Seattle").Skip(1).Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4])));
    }

    [Fact]
    public void A_composed_filter_finds_what_plain_code_finds()
    {
        string[] newYork = ["EWR", "JFK", "LGA"], left = ["FLL", "MIA", "PBI", "RSW", "TPA", "SJU"];
        var expected = Flights
            .Where(row => newYork.Contains(row[1]) && !left.Contains(row[2]) && Delay(row) >= 60 && Number(row[4]) > 1_000)
            .Select(row => row[0].Replace('T', ' ') + "  " + row[1] + "-" + row[2])
            .ToList();
        Assert.Equal(8, expected.Count);
        Assert.Equal(expected, run.Answer("Late long flights").Skip(1).Select(line => line[8..33]));
    }

    [Fact]
    public void A_refused_change_writes_nothing() => Assert.Contains("Nothing was: flights and versions are as before.", run.Answer("Was anything"));

    [Fact]
    public void No_edit_is_lost() =>
        Assert.Equal(["F00001 has version 23 and a delay of 100 minutes: no minute was lost."], run.Answer("20 at once"));

    [Fact]
    public void There_is_no_drift()
    {
        Assert.Equal(["3,376 entities, 6,752 index entries and claims: no drift."], run.Answer("The airports"));
        Assert.Equal(["10,000 entities, 50,000 index entries and claims: no drift."], run.Answer("The flights"));
    }

    [Fact]
    public void A_write_a_lookup_and_a_change_are_one_round_trip_each()
    {
        Assert.Equal(3_376, run.Step("Write the airports").RoundTrips);
        Assert.Equal(10_000, run.Step("Write the flights").RoundTrips);
        Assert.Equal(1, run.Step("Which airport is SEA?").RoundTrips);
        Assert.Equal(1, run.Step("A thousand flights").RoundTrips);
        Assert.Equal(1, run.Step("Commit the change").RoundTrips);
    }

    private static int Delay(string[] row) => Number(row[3]);

    private static int Number(string text) => int.Parse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
