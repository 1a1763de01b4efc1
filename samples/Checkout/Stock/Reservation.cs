namespace Checkout.Stock;

/// <summary>What has become of a reservation.</summary>
/// <param name="Status">What.</param>
/// <param name="Pieces">Its pieces; those that are free when there were not enough.</param>
/// <param name="Until">When it ends by itself, by the server's clock, while it is held.</param>
public sealed record Reservation(ReservationStatus Status, long Pieces, DateTimeOffset? Until);
