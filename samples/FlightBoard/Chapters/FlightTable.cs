using System.Globalization;
using FlightBoard.Model;
using Narration;

namespace FlightBoard.Chapters;

/// <summary>Flights as a table.</summary>
public static class FlightTable
{
    public static TableAnswer Of(IEnumerable<Flight> flights) => new(
        ["flight", "departed", "route", "#delay, min", "#miles", "#version"],
        [.. flights.Select(Row)]);

    private static IReadOnlyList<string> Row(Flight flight) =>
    [
        flight.Id,
        flight.Departed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        flight.Route,
        $"{flight.DelayMinutes}",
        $"{flight.DistanceMiles:N0}",
        $"{flight.Version}",
    ];
}
