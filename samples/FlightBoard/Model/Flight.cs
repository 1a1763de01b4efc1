using System.Text.Json.Serialization;

namespace FlightBoard.Model;

/// <summary>A flight that took place. A negative delay is an early arrival.</summary>
public sealed record Flight(
    string Id,
    DateTime Departed,
    string Origin,
    string Destination,
    int DelayMinutes,
    int DistanceMiles,
    long Version = 0)
{
    [JsonIgnore]
    public string Route => $"{Origin}-{Destination}";
}
