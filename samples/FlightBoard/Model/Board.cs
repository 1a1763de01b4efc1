using Narration;
using RedisPatterns;

namespace FlightBoard.Model;

/// <summary>The flight board: two repositories in one keyspace, so that one change can span both.</summary>
public sealed class Board(IKeyValueStore store)
{
    public Keyspace Keyspace { get; } = store.Keyspace("flightboard");

    public Repository<Airport, AirportModel> Airports => field ??= Keyspace.Repository<Airport, AirportModel>(new AirportModel());

    public Repository<Flight, FlightModel> Flights => field ??= Keyspace.Repository<Flight, FlightModel>(new FlightModel());

    /// <summary>Deletes every key of the board, and no other.</summary>
    public Task ClearAsync(CancellationToken cancellationToken = default) => KeyCleaner.ClearAsync(Keyspace, cancellationToken);
}
