using System.Globalization;
using FlightBoard.Model;
using Narration;

namespace FlightBoard.Data;

/// <summary>What the data files say: real airports, and real flights of January to March 2001.</summary>
public sealed record Timetable(IReadOnlyList<Airport> Airports, IReadOnlyList<Flight> Flights)
{
    /// <summary>Reads the files that are copied beside the program. Rows have no id of their own: they are numbered.</summary>
    public static Timetable Load()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data");
        return new Timetable(
            [.. CsvFile.Read(Path.Combine(folder, "airports.csv")).Select(ToAirport)],
            [.. CsvFile.Read(Path.Combine(folder, "flights-10k.csv")).Select(ToFlight)]);
    }

    private static Airport ToAirport(string[] row, int index) => new(
        Id: $"A{index + 1:D4}",
        Iata: row[0],
        Name: row[1],
        City: row[2],
        State: row[3],
        Country: row[4],
        Latitude: double.Parse(row[5], CultureInfo.InvariantCulture),
        Longitude: double.Parse(row[6], CultureInfo.InvariantCulture));

    private static Flight ToFlight(string[] row, int index) => new(
        Id: $"F{index + 1:D5}",
        Departed: DateTime.ParseExact(row[0], "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        Origin: row[1],
        Destination: row[2],
        DelayMinutes: int.Parse(row[3], CultureInfo.InvariantCulture),
        DistanceMiles: int.Parse(row[4], CultureInfo.InvariantCulture));
}
