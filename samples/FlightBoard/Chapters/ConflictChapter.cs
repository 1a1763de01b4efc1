using FlightBoard.Model;
using Narration;
using RedisPatterns;

namespace FlightBoard.Chapters;

/// <summary>What happens when two want the same thing: a value that is taken, and a version that is out of date.</summary>
public sealed class ConflictChapter : IChapter
{
    private const int Controllers = 20;
    private const int MaximumAttempts = 100;

    public string Title => "Conflict";

    public string Text => "Two cannot have one code, and nobody overwrites what he has not seen. The loser is told, and nothing is lost.";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        await narrator.RefusedAsync<DuplicateValueException>(
            "A second airport with the code SEA",
            async () => await board.Airports.InsertAsync(new Airport("A9999", "SEA", "Seaplane Base", "Seaside", "OR", "USA", 46, -124), cancellationToken));

        var mine = (await board.Flights.GetAsync("F00001", cancellationToken))!;
        var theirs = mine;
        await narrator.StepAsync(
            "Two read the same flight; the other one saves first",
            () => board.Flights.UpdateAsync(theirs with { DelayMinutes = 70 }, cancellationToken),
            flight => new TextAnswer($"{flight.Id} has version {flight.Version} and a delay of {flight.DelayMinutes} minutes."));

        var conflict = await narrator.RefusedAsync<VersionConflictException>(
            "Now I save what I have read before",
            async () => await board.Flights.UpdateAsync(mine with { DelayMinutes = 80 }, cancellationToken));

        await narrator.StepAsync(
            $"The version was {conflict.ActualVersion}, not {conflict.ExpectedVersion}: read again, edit, save, until it succeeds (ConflictChapter.cs shows how)",
            () => EditAsync(board, "F00001", flight => flight with { DelayMinutes = flight.DelayMinutes + 10 }, cancellationToken),
            flight => new TextAnswer($"{flight.Id} has version {flight.Version} and a delay of {flight.DelayMinutes} minutes."));

        await narrator.StepAsync(
            $"{Controllers} at once, each adds a minute (round trips depend on who meets whom)",
            async () =>
            {
                var editors = Enumerable.Range(0, Controllers).Select(_ => Task.Run(async () =>
                    await EditAsync(board, "F00001", flight => flight with { DelayMinutes = flight.DelayMinutes + 1 }, cancellationToken)));
                await Task.WhenAll(editors);
                return await board.Flights.GetAsync("F00001", cancellationToken);
            },
            flight => new TextAnswer($"{flight!.Id} has version {flight.Version} and a delay of {flight.DelayMinutes} minutes: no minute was lost."));
    }

    // How to retry: read, edit, save; when somebody was faster, read what he has saved and edit that.
    private static async ValueTask<Flight> EditAsync(Board board, string id, Func<Flight, Flight> edit, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var flight = await board.Flights.GetAsync(id, cancellationToken) ?? throw new InvalidOperationException("The flight is gone.");
            try
            {
                return await board.Flights.UpdateAsync(edit(flight), cancellationToken);
            }
            catch (VersionConflictException) when (attempt < MaximumAttempts)
            {
                // Somebody was faster.
            }
        }
    }
}
