using FlightBoard.Chapters;
using FlightBoard.Data;
using FlightBoard.Model;
using Narration;
using RedisPatterns;

namespace FlightBoard;

/// <summary>The whole run: clears the board, tells the chapters, ends with a summary, clears the board again.</summary>
public sealed class Story(IKeyValueStore store, IScreen screen, TimeProvider time)
{
    private static readonly string[] Seen =
    [
        "Every write, with its index entries, unique claim and version, was one round trip, all or nothing.",
        "Queries were written with typed handles: what is not indexed does not compile.",
        "What was refused left nothing behind, and the error said which index, version or operation it was.",
        "VerifyAsync compared every entity with every index entry, and found no drift.",
        "The same program gives the same answers in memory and on a server: --redis localhost:6379",
    ];

    private static readonly string[] ReadOn =
    [
        "README.md: what the library is, the quick start, what works on which server",
        "samples/FlightBoard/Model/FlightModel.cs: a model with its indexes, in 30 lines",
        "samples/FlightBoard/Chapters: the code of what you have just seen, a file for each chapter",
        "docs/key-layout.md: what all this looks like in redis-cli",
    ];

    private const string Kept = "redis-cli --scan --pattern '{flightboard}:*': the keys that are still on the server";

    /// <summary>The files that the ending names.</summary>
    public static IEnumerable<string> NamedFiles => ReadOn.Select(line => line.Split(':')[0]);

    /// <summary>Runs it.</summary>
    /// <param name="keep">Whether the data stays.</param>
    /// <param name="cancellationToken">Ends it early; the board is cleared nevertheless.</param>
    /// <returns>The steps, with their answers.</returns>
    public async Task<IReadOnlyList<Step>> RunAsync(bool keep = false, CancellationToken cancellationToken = default)
    {
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var board = new Board(counting);
        var timetable = Timetable.Load();
        IChapter[] chapters =
        [
            new ImportChapter(timetable),
            new LookupChapter(),
            new QueryChapter(),
            new CountChapter(timetable),
            new ChangeChapter(),
            new ConflictChapter(),
            new VerifyChapter(),
        ];

        await board.ClearAsync(cancellationToken);
        var narrator = new Narrator(() => counting.RoundTrips, screen, time);
        try
        {
            foreach (var chapter in chapters)
            {
                narrator.Chapter(chapter.Title, chapter.Text);
                await chapter.TellAsync(board, narrator, cancellationToken);
            }
        }
        catch (Exception exception) when (!keep && exception is not StoreConnectionException)
        {
            await board.ClearAsync(CancellationToken.None);
            throw;
        }

        if (!keep) await board.ClearAsync(CancellationToken.None);
        screen.Close(StorySummary.Of(narrator.Steps), Seen, keep ? [.. ReadOn, Kept] : ReadOn);
        return narrator.Steps;
    }
}
