using Narration;
using RedisPatterns;
using Telemetry.Chapters;
using Telemetry.Data;

namespace Telemetry;

/// <summary>The whole run: clears the keyspace, tells the chapters, ends with a summary, clears the keyspace again.</summary>
/// <param name="store">Where everything lives.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="time">The clock that steps are timed by.</param>
public sealed class Story(IKeyValueStore store, IScreen screen, TimeProvider time)
{
    private static readonly string[] Seen =
    [
        "Samples are added by their moment, late ones too, 512 in a round trip; what two of one moment become is said once, as a policy.",
        "A rule keeps averages beside the samples, and follows what is late, replaced or deleted.",
        "Ranges come as columns, raw or as buckets of any length, of the calendar or of a rolling window, with gaps shown or filled.",
        "Labels find series and make groups of them, without a name being put together or taken apart.",
        "The same samples in every engine: what they weigh, and how fast they are taken.",
    ];

    private static readonly string[] ReadOn =
    [
        "samples/Telemetry/Station.cs: three sets of series with their options and rules",
        "samples/Telemetry/Chapters: the code of what you have just seen, a file for each chapter",
        "src/RedisPatterns/TimeSeries/KeyspaceTimeSeries.cs: all that can be done with series",
        "src/RedisPatterns/TimeSeries/Options/SeriesEngine.cs: how samples lie in the store",
        "samples/data/README.md: where the numbers come from",
    ];

    private const string Kept = "redis-cli --scan --pattern '{telemetry}:*': the keys that are still on the server";

    /// <summary>The files that the ending names.</summary>
    public static IEnumerable<string> NamedFiles => ReadOn.Select(line => line.Split(':')[0]);

    /// <summary>Runs it.</summary>
    /// <param name="keep">Whether the data stays.</param>
    /// <param name="cancellationToken">Ends it early; the keyspace is cleared nevertheless.</param>
    /// <returns>The steps, with their answers.</returns>
    public async Task<IReadOnlyList<Step>> RunAsync(bool keep = false, CancellationToken cancellationToken = default)
    {
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var station = new Station(counting.Keyspace(Station.Name));
        var records = Records.Load();
        IChapter[] chapters =
        [
            new WeatherChapter(records),
            new ChartChapter(),
            new CorrectionChapter(),
            new LabelChapter(),
            new FlightChapter(records),
            new EngineChapter(records),
        ];

        await station.ClearAsync(cancellationToken);
        var narrator = new Narrator(() => counting.RoundTrips, screen, time);
        try
        {
            foreach (var chapter in chapters)
            {
                narrator.Chapter(chapter.Title, chapter.Text);
                await chapter.TellAsync(station, narrator, cancellationToken);
            }
        }
        catch (Exception exception) when (!keep && exception is not StoreConnectionException)
        {
            await station.ClearAsync(CancellationToken.None);
            throw;
        }

        if (!keep) await station.ClearAsync(CancellationToken.None);
        screen.Close(StorySummary.Of(narrator.Steps), Seen, keep ? [.. ReadOn, Kept] : ReadOn);
        return narrator.Steps;
    }
}
