using FlightBoard.Model;
using Narration;
using RedisPatterns;

namespace FlightBoard.Chapters;

/// <summary>Compares every entity with every index entry.</summary>
public sealed class VerifyChapter : IChapter
{
    public string Title => "Verify";

    public string Text => "After all that: does every index say what the documents say? (Walking through the keys is not counted as round trips.)";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        await narrator.StepAsync("The airports", () => board.Airports.VerifyAsync(cancellationToken), Tell);
        await narrator.StepAsync("The flights", () => board.Flights.VerifyAsync(cancellationToken), Tell);
    }

    private static TextAnswer Tell(DriftReport report) => new(
        $"{report.Entities:N0} entities, {report.Entries:N0} index entries and claims: "
        + (report.IsClean ? "no drift." : $"{report.Differences.Count:N0} differences!"));
}
