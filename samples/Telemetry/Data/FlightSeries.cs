using RedisPatterns;

namespace Telemetry.Data;

/// <summary>Flights as series: for each airport the minutes of delay and the number of flights.</summary>
public static class FlightSeries
{
    /// <summary>The series of the airports that flights leave from.</summary>
    public static IReadOnlyList<LabelledSeries> Of(IEnumerable<FlightDelay> flights) =>
    [
        .. flights.DistinctBy(flight => flight.Airport)
            .OrderBy(flight => flight.Airport, StringComparer.Ordinal)
            .SelectMany(flight => new[] { Of(flight, "minutes"), Of(flight, "flights") }),
    ];

    /// <summary>Two samples for each flight.</summary>
    public static NamedSample[] Samples(IEnumerable<FlightDelay> flights) =>
    [
        .. flights.SelectMany(flight => new NamedSample[]
        {
            new(Name(flight, "minutes"), new(flight.Departed, flight.Minutes)),
            new(Name(flight, "flights"), new(flight.Departed, 1)),
        }),
    ];

    private static LabelledSeries Of(FlightDelay flight, string kind) =>
        new(Name(flight, kind), new Dictionary<string, string> { ["airport"] = flight.Airport, ["state"] = flight.State, ["kind"] = kind });

    private static string Name(FlightDelay flight, string kind) => $"{flight.Airport}-{kind}";
}
