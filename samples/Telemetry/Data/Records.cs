using System.Globalization;
using Narration;

namespace Telemetry.Data;

/// <summary>What the data files say.</summary>
/// <param name="Days">The weather, day by day.</param>
/// <param name="Flights">The flights, in the order of their departures.</param>
public sealed record Records(IReadOnlyList<WeatherDay> Days, IReadOnlyList<FlightDelay> Flights)
{
    /// <summary>Reads the files that are copied beside the program.</summary>
    public static Records Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data");
        var states = CsvFile.Read(Path.Combine(folder, "airports.csv")).ToDictionary(row => row[0], row => row[3]);
        return new Records(
            [.. CsvFile.Read(Path.Combine(folder, "seattle-weather.csv")).Select(ToDay)],
            [.. CsvFile.Read(Path.Combine(folder, "flights-10k.csv")).Select(row => ToFlight(row, states))]);
    }

    private static WeatherDay ToDay(string[] row) => new(Moment(row[0]), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), row[5]);

    private static FlightDelay ToFlight(string[] row, Dictionary<string, string> states) =>
        new(Moment(row[0]), row[1], states[row[1]], int.Parse(row[3], CultureInfo.InvariantCulture));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
