using RedisPatterns;

namespace Checkout.Stock;

/// <summary>
/// Pieces of an item that are held for somebody for a time, and come back by themselves. Every call is one step of the
/// server and may be repeated; nothing depends on a client that lives on, or on keyspace notifications. Thread-safe.
/// </summary>
public sealed class Reservations(Keyspace keyspace)
{
    /// <summary>How long what was confirmed or cancelled is remembered: repeat within this time, and nothing happens twice.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly StockRoom _stock = new(keyspace);

    // snippet: reservations
    /// <summary>Holds pieces for a time. Repeated, it tells what has become of the reservation, and holds nothing more.</summary>
    /// <param name="item">The item.</param>
    /// <param name="id">What names the reservation; used for no other.</param>
    /// <param name="pieces">How many.</param>
    /// <param name="period">For how long, by the server's clock.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<Reservation> ReserveAsync(string item, string id, int pieces, TimeSpan period, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        return RunAsync(item, ReservationStep.Reserve, id, pieces, period, cancellationToken);
    }

    /// <summary>Sells what is held: <see cref="ReservationStatus.Sold"/>, or what has become of the reservation instead.</summary>
    public ValueTask<Reservation> ConfirmAsync(string item, string id, CancellationToken cancellationToken = default) =>
        RunAsync(item, ReservationStep.Confirm, id, 0, Remembered, cancellationToken);

    /// <summary>Gives back what is held. What was not reserved yet, since that call is still under way, will not be any more.</summary>
    public ValueTask<Reservation> CancelAsync(string item, string id, CancellationToken cancellationToken = default) =>
        RunAsync(item, ReservationStep.Cancel, id, 0, Remembered, cancellationToken);

    /// <summary>Gives back what has ended, a hundred at most; every other call does so too. For items that nobody asks for.</summary>
    /// <returns>How many reservations have gone, those among them that were only remembered.</returns>
    public async ValueTask<int> SweepAsync(string item, CancellationToken cancellationToken = default) =>
        (int)(await RunAsync(item, ReservationStep.Sweep, "", 0, Remembered, cancellationToken)).Pieces;

    private async ValueTask<Reservation> RunAsync(string item, string verb, string id, int pieces, TimeSpan period, CancellationToken cancellationToken)
    {
        var step = new ReservationStep(
            _stock.Available(item), _stock.Levels(item), keyspace.Key("reservations", item), keyspace.Key("due", item), verb, id, pieces, period);
        while (true)
        {
            var reply = await keyspace.Store.EvaluateAsync(ReservationStep.Script.With(step), cancellationToken);
            if (reply[0] != ReservationStep.Again)
            {
                return new((ReservationStatus)reply[0], reply[1], reply[2] == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(reply[2]));
            }
        }
    }

    // end-snippet
}
