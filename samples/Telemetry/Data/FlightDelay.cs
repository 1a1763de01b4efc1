namespace Telemetry.Data;

/// <summary>How late a flight left.</summary>
/// <param name="Departed">When, by the clocks of the airport: taken as it stands, as if they all showed UTC.</param>
/// <param name="Airport">Where.</param>
/// <param name="State">In which state that is.</param>
/// <param name="Minutes">How late; negative when early.</param>
public sealed record FlightDelay(DateTimeOffset Departed, string Airport, string State, int Minutes);
