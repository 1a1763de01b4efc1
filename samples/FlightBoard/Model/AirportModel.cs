using RedisPatterns;

namespace FlightBoard.Model;

/// <summary>How airports are stored and found: by id, by code, by state.</summary>
public sealed class AirportModel : EntityModel<Airport>
{
    public AirportModel()
        : base("airport", a => a.Id, FlightBoardJson.Default.Airport)
    {
        Version(a => a.Version, (a, version) => a with { Version = version });
        ByIata = Unique("iata", a => a.Iata);
        ByState = Tag("state", a => a.State);
    }

    public UniqueIndex<Airport, string> ByIata { get; }

    public TagIndex<Airport, string> ByState { get; }
}
