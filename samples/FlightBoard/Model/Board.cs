using RedisPatterns;
using RedisPatterns.Commands;

namespace FlightBoard.Model;

/// <summary>The flight board: two repositories in one keyspace, so that one change can span both.</summary>
public sealed class Board(IKeyValueStore store)
{
    private const int KeysPerDelete = 500;

    public Keyspace Keyspace { get; } = store.Keyspace("flightboard");

    public Repository<Airport, AirportModel> Airports => field ??= Keyspace.Repository<Airport, AirportModel>(new AirportModel());

    public Repository<Flight, FlightModel> Flights => field ??= Keyspace.Repository<Flight, FlightModel>(new FlightModel());

    /// <summary>Deletes every key of the board, and no other.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken = default)
    {
        var keys = new HashSet<StoreKey>();
        await foreach (var key in store.ScanKeysAsync(Keyspace.Tag + ":*", 1_000, cancellationToken))
        {
            keys.Add(key);
        }

        foreach (var part in keys.Chunk(KeysPerDelete))
        {
            await store.SendAsync(Keys.Unlink(part), cancellationToken);
        }
    }
}
