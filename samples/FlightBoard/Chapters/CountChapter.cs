using FlightBoard.Data;
using FlightBoard.Model;
using Narration;

namespace FlightBoard.Chapters;

/// <summary>Counts without reading documents.</summary>
public sealed class CountChapter(Timetable timetable) : IChapter
{
    private const int Shown = 12;

    private static readonly (string Label, int From, int To)[] DelayBands =
    [
        ("over 15 min early", int.MinValue, -16),
        ("1 to 15 min early", -15, -1),
        ("on time to 14 late", 0, 14),
        ("15 to 29 late", 15, 29),
        ("30 to 59 late", 30, 59),
        ("1 to 2 hours late", 60, 119),
        ("2 hours and more", 120, int.MaxValue),
    ];

    public string Title => "Count";

    public string Text => "Counting goes through the indexes alone. Many queries at once share the connection.";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        var origins = timetable.Flights.Select(flight => flight.Origin).Distinct().ToList();
        await narrator.StepAsync(
            $"Flights per airport: the first {Shown} of {origins.Count}",
            async () => await Task.WhenAll(origins.Select(async code =>
                new Bar(code, await board.Flights.Query(m => m.ByOrigin.Is(code)).CountAsync(cancellationToken)))),
            bars => new BarsAnswer([.. bars.OrderByDescending(bar => bar.Value).ThenBy(bar => bar.Label, StringComparer.Ordinal).Take(Shown)]));

        await narrator.StepAsync(
            "Flights per delay",
            async () => await Task.WhenAll(DelayBands.Select(async band =>
                new Bar(band.Label, await board.Flights.Query(m => m.ByDelay.Between(band.From, band.To)).CountAsync(cancellationToken)))),
            bars => new BarsAnswer(bars));

        await narrator.StepAsync(
            "Airports in Alaska",
            () => board.Airports.Query(m => m.ByState.Is("AK")).CountAsync(cancellationToken),
            count => new TextAnswer($"{count}"));
    }
}
