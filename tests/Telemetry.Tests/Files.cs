using System.Globalization;

namespace Telemetry.Tests;

/// <summary>The data files, read by other means than the sample's. No value of these has quotes.</summary>
internal static class Files
{
    public static IReadOnlyList<Day> Days { get; } = [.. Rows("seattle-weather.csv").Select(row => new Day(row[0], Number(row[2]), Number(row[3]), Number(row[1]), Number(row[4]), row[5]))];

    public static IReadOnlyList<Flight> Flights { get; } = [.. Rows("flights-10k.csv").Select(row => new Flight(row[0], row[1], Number(row[3])))];

    private static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", name)).Skip(1).Select(line => line.Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A row of the weather; dates as they are written.</summary>
    public sealed record Day(string Date, double High, double Low, double Rain, double Wind, string Sky)
    {
        public string Month => Date[..7];

        public int Year => int.Parse(Date[..4], CultureInfo.InvariantCulture);

        public DateOnly On => DateOnly.ParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A row of the flights; moments as they are written.</summary>
    public sealed record Flight(string Departed, string Airport, double Minutes)
    {
        public string Day => Departed[..10];

        public string Hour => Departed[11..13];
    }
}
