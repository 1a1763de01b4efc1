using FlightBoard.Model;
using Narration;
using RedisPatterns;

namespace FlightBoard.Chapters;

/// <summary>Changes several entities of two repositories at once: all of it or nothing.</summary>
public sealed class ChangeChapter : IChapter
{
    private static readonly DateTime Day = new(2001, 2, 9);

    public string Title => "Change";

    public string Text => "A storm closes Denver on 9 February. One change: an airport, two flights, a cancellation and a new flight.";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        var denver = (await board.Airports.FindAsync(m => m.ByIata, "DEN", cancellationToken))!;
        var flights = await narrator.StepAsync("Denver's flights of that day, before", () => DeparturesAsync(board, cancellationToken), FlightTable.Of);

        var replacement = flights[3] with { Id = "F10001", Departed = Day.AddHours(23), DelayMinutes = 0, Version = 0 };
        await narrator.StepAsync(
            "Commit the change: one round trip for five entities and all their index entries",
            async () =>
            {
                var change = board.Keyspace.Change();
                change.Update(board.Airports, denver with { Notice = "Closed by snow until 21:00" });
                change.Update(board.Flights, flights[1] with { DelayMinutes = 320 });
                change.Update(board.Flights, flights[2] with { Destination = "IAH", DelayMinutes = 150 });
                change.Delete(board.Flights, flights[3].Id);
                change.Insert(board.Flights, replacement);
                await change.CommitAsync(cancellationToken);
            },
            () => new TextAnswer("Committed."));

        var after = await narrator.StepAsync("Denver's flights of that day, after", () => DeparturesAsync(board, cancellationToken), FlightTable.Of);

        var refused = await narrator.RefusedAsync<DuplicateValueException>(
            "A change whose last write breaks a rule: DEN is the code of another airport",
            async () =>
            {
                var change = board.Keyspace.Change();
                change.Delete(board.Flights, after[0].Id);
                change.Update(board.Flights, after[1] with { DelayMinutes = 999 });
                change.Insert(board.Airports, denver with { Id = "A9999", Name = "Denver Stapleton" });
                await change.CommitAsync(cancellationToken);
            });

        await narrator.StepAsync(
            "Was anything of it written?",
            () => DeparturesAsync(board, cancellationToken),
            now => new TextAnswer(
                $"Refused for write {refused.Operation} of the change, counted from 0, by the index '{refused.Index}'.",
                now.SequenceEqual(after) ? "Nothing was: flights and versions are as before." : "Something was!"));

        await narrator.StepAsync(
            "And the airport that was to be inserted?",
            () => board.Airports.ExistsAsync("A9999", cancellationToken),
            exists => new TextAnswer(exists ? "It is there!" : "It does not exist."));
    }

    private static ValueTask<IReadOnlyList<Flight>> DeparturesAsync(Board board, CancellationToken cancellationToken) =>
        board.Flights
            .Query(m => m.ByOrigin.Is("DEN") & m.ByDeparture.Between(Day, Day.AddDays(1).AddMinutes(-1)))
            .OrderBy(m => m.ByDeparture)
            .ToListAsync(cancellationToken);
}
