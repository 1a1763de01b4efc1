using System.Runtime.CompilerServices;
using FlightBoard.Data;
using FlightBoard.Model;
using Narration;

namespace FlightBoard.Chapters;

/// <summary>Writes all airports and flights, one by one, with many writes in flight.</summary>
public sealed class ImportChapter(Timetable timetable) : IChapter
{
    private const int WritesInFlight = 64;

    public string Title => "Import";

    public string Text =>
        "Each insert writes the document, its index entries, its unique claim and its version: in one round trip, all or nothing.";

    public async Task TellAsync(Board board, Narrator narrator, CancellationToken cancellationToken)
    {
        await ImportAsync(
            narrator,
            "Write the airports, each with a unique code and a tag",
            timetable.Airports,
            async airport => await board.Airports.InsertAsync(airport, cancellationToken),
            cancellationToken);

        await ImportAsync(
            narrator,
            "Write the flights, each with two tags and three ranges",
            timetable.Flights,
            async flight => await board.Flights.InsertAsync(flight, cancellationToken),
            cancellationToken);
    }

    private static Task ImportAsync<T>(
        Narrator narrator,
        string question,
        IReadOnlyList<T> items,
        Func<T, ValueTask> insert,
        CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(insert))] string code = "")
    {
        var limit = new ParallelOptions { MaxDegreeOfParallelism = WritesInFlight, CancellationToken = cancellationToken };
        return narrator.StepAsync(
            question,
            async () => await narrator.Screen.ProgressAsync("importing", items.Count, done =>
                Parallel.ForEachAsync(items, limit, async (item, _) =>
                {
                    await insert(item);
                    done();
                })),
            () => new TextAnswer($"{items.Count:N0} written, {WritesInFlight} at a time."),
            code);
    }
}
