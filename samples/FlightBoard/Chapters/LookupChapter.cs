using FlightBoard.Model;
using Narration;
using RedisPatterns;

namespace FlightBoard.Chapters;

/// <summary>Finds entities by a unique value and by id.</summary>
public sealed class LookupChapter : IChapter
{
    private static readonly string[] Wanted = ["F00001", "F05000", "F10000", "F99999"];

    public string Title => "Look up";

    public string Text => "An airport's code is a unique index: from the code to the document in one round trip.";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        await narrator.StepAsync(
            "Which airport is SEA?",
            () => board.Airports.FindAsync(m => m.ByIata, "SEA", cancellationToken),
            airport => new TextAnswer($"{airport!.Id}: {airport.Name}, {airport.City}, {airport.State} ({airport.Latitude:0.0}, {airport.Longitude:0.0})"));

        await narrator.StepAsync(
            "Which airport is ZZZ?",
            () => board.Airports.FindAsync(m => m.ByIata, "ZZZ", cancellationToken),
            airport => new TextAnswer(airport is null ? "None: null, no exception." : airport.Name));

        await narrator.StepAsync(
            "Several flights by id, one of which does not exist",
            () => board.Flights.GetManyAsync(Wanted, cancellationToken),
            flights => new TextAnswer([.. Wanted.Zip(flights, (id, flight) => flight is null ? $"{id}: null" : $"{id}: {flight.Route}")]));

        var ids = Enumerable.Range(1, 1_000).Select(number => $"F{number:D5}");
        await narrator.StepAsync(
            "A thousand flights: still one round trip",
            () => board.Flights.GetManyAsync(ids, cancellationToken),
            flights => new TextAnswer($"{flights.Count(flight => flight is not null):N0} flights, {flights.Sum(flight => flight!.DistanceMiles):N0} miles in all."));
    }
}
