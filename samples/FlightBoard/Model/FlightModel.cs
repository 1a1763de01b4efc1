using RedisPatterns;

namespace FlightBoard.Model;

/// <summary>How flights are stored and found: by origin and destination, and in the order of time, delay and distance.</summary>
public sealed class FlightModel : EntityModel<Flight>
{
    public FlightModel()
        : base("flight", f => f.Id, FlightBoardJson.Default.Flight)
    {
        Version(f => f.Version, (f, version) => f with { Version = version });
        ByOrigin = Tag("origin", f => f.Origin);
        ByDestination = Tag("destination", f => f.Destination);
        ByDeparture = Range("departed", f => f.Departed);
        ByDelay = Range("delay", f => f.DelayMinutes);
        ByDistance = Range("distance", f => f.DistanceMiles);
    }

    public TagIndex<Flight, string> ByOrigin { get; }

    public TagIndex<Flight, string> ByDestination { get; }

    public RangeIndex<Flight, DateTime> ByDeparture { get; }

    public RangeIndex<Flight, int> ByDelay { get; }

    public RangeIndex<Flight, int> ByDistance { get; }
}
