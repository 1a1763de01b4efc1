using Checkout.Stock;
using Narration;

namespace Checkout.Chapters;

/// <summary>Pieces that are held while somebody pays.</summary>
public sealed class ReservationChapter : IChapter
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    public string Title => "Reservations";

    public string Text => "A script with its twin in C#: what has ended is given back in the same step as anything else. No keyspace notifications, nobody has to live on.";

    public async Task TellAsync(Market market, Narrator narrator, CancellationToken cancellationToken)
    {
        var (stock, reservations) = (market.Stock, market.Reservations);
        await stock.AddAsync("d1", "lamp", 5, cancellationToken);

        await narrator.StepAsync(
            "Ada takes three of five lamps to the till, which are hers for a quarter of an hour",
            () => reservations.ReserveAsync("lamp", "r-ada", 3, Quarter, cancellationToken),
            Tell);
        await narrator.StepAsync(
            "The same again, as after a timeout: no more is held",
            () => reservations.ReserveAsync("lamp", "r-ada", 3, Quarter, cancellationToken),
            Tell);
        await narrator.StepAsync(
            "Grace wants three too",
            () => reservations.ReserveAsync("lamp", "r-grace", 3, Quarter, cancellationToken),
            reservation => new TextAnswer($"{reservation.Status}: {reservation.Pieces} are free."));
        await narrator.StepAsync(
            "She takes two, and changes her mind",
            async () =>
            {
                await reservations.ReserveAsync("lamp", "r-grace-2", 2, Quarter, cancellationToken);
                return await reservations.CancelAsync("lamp", "r-grace-2", cancellationToken);
            },
            Tell);
        await narrator.StepAsync("Ada has paid", () => reservations.ConfirmAsync("lamp", "r-ada", cancellationToken), Tell);
        await narrator.StepAsync("Where the lamps are", () => stock.LevelAsync("lamp", cancellationToken), Tell);

        await narrator.StepAsync(
            "Linus takes the last two and is never seen again: a millisecond plays the quarter of an hour",
            async () =>
            {
                await reservations.ReserveAsync("lamp", "r-linus", 2, TimeSpan.FromMilliseconds(1), cancellationToken);
                while (await reservations.SweepAsync("lamp", cancellationToken) == 0)
                {
                    await Task.Yield();
                }

                return await stock.LevelAsync("lamp", cancellationToken);
            },
            Tell);
        await narrator.StepAsync("He comes back too late", () => reservations.ConfirmAsync("lamp", "r-linus", cancellationToken), Tell);
        await narrator.StepAsync(
            "Every piece is in one place",
            () => stock.LevelAsync("lamp", cancellationToken),
            level => new TextAnswer($"{level.IsWhole}"));
    }

    private static TextAnswer Tell(Reservation reservation) => new($"{reservation.Status}: {reservation.Pieces}");

    private static TextAnswer Tell(StockLevel level) => new($"{level.Available} available, {level.Reserved} reserved, {level.Sold} sold, {level.Stocked} came.");
}
