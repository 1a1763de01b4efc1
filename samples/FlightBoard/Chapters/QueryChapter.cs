using FlightBoard.Model;
using Narration;

namespace FlightBoard.Chapters;

/// <summary>Finds entities by tags and ranges, joined and in order.</summary>
public sealed class QueryChapter : IChapter
{
    public string Title => "Query";

    public string Text => "Filters are made of the model's handles and joined by &, | and !; the documents come with the answer.";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        await narrator.StepAsync(
            "Flights from Seattle that were an hour to two hours late, latest first",
            () => board.Flights
                .Query(m => m.ByOrigin.Is("SEA") & m.ByDelay.Between(60, 120))
                .OrderByDescending(m => m.ByDelay)
                .ToListAsync(cancellationToken),
            FlightTable.Of);

        await narrator.StepAsync(
            "The ten greatest delays of all",
            () => board.Flights.Query().OrderByDescending(m => m.ByDelay).Take(10).ToListAsync(cancellationToken),
            flights => new BarsAnswer([.. flights.Select(flight => new Bar($"{flight.Departed:yyyy-MM-dd} {flight.Route}", flight.DelayMinutes))]));

        await narrator.StepAsync(
            "The five earliest arrivals",
            () => board.Flights.Query().OrderBy(m => m.ByDelay).Take(5).ToListAsync(cancellationToken),
            FlightTable.Of);

        await narrator.StepAsync(
            "Late long flights out of New York, other than to Florida or Puerto Rico, in the order of departure",
            () => board.Flights
                .Query(m => (m.ByOrigin.Is("EWR") | m.ByOrigin.AnyOf("JFK", "LGA"))
                    & m.ByDelay.AtLeast(60)
                    & m.ByDistance.GreaterThan(1_000)
                    & !m.ByDestination.AnyOf("FLL", "MIA", "PBI", "RSW", "TPA", "SJU"))
                .OrderBy(m => m.ByDeparture)
                .ToListAsync(cancellationToken),
            FlightTable.Of);
    }
}
