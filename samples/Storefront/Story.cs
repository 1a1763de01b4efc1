using Narration;
using RedisPatterns;
using Storefront.Chapters;
using Storefront.Model;

namespace Storefront;

/// <summary>The whole run: clears the shop, tells the chapters, ends with a summary, clears the shop again.</summary>
/// <param name="store">Where everything lives, but for the last chapter.</param>
/// <param name="memory">Another store, in memory, for the last chapter.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="time">The clock that steps are timed by.</param>
public sealed class Story(IKeyValueStore store, IKeyValueStore memory, IScreen screen, TimeProvider time)
{
    private static readonly string[] Seen =
    [
        "Old and new code on one set of documents: upgraded when read, refused when too new.",
        "Patches changed single fields on the server, and indexes, versions and expiry followed in the same step.",
        "What had expired was not found, not revived, and left nothing behind.",
        "A checkout changed five entities, or none of them.",
        "The same repositories work on any store: --redis localhost:6379",
    ];

    private static readonly string[] ReadOn =
    [
        "samples/Storefront/Model: the models and the checkout",
        "samples/Storefront/Chapters: the code of what you have just seen, a file for each chapter",
        "docs/patterns/entities.md: how to model, and what it costs",
        "docs/key-layout.md: what all this looks like in redis-cli",
    ];

    private const string Kept = "redis-cli --scan --pattern '{storefront}:*': the keys that are still on the server";

    /// <summary>The files that the ending names.</summary>
    public static IEnumerable<string> NamedFiles => ReadOn.Select(line => line.Split(':')[0]);

    /// <summary>Runs it.</summary>
    /// <param name="keep">Whether the data stays.</param>
    /// <param name="cancellationToken">Ends it early; the shop is cleared nevertheless.</param>
    /// <returns>The steps, with their answers.</returns>
    public async Task<IReadOnlyList<Step>> RunAsync(bool keep = false, CancellationToken cancellationToken = default)
    {
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        await using var countingMemory = new RoundTripCountingKeyValueStore(memory, ownsInner: false);
        var shop = new Shop(counting, counting);
        IChapter[] chapters = [new ProfileChapter(), new SessionChapter(), new CartChapter(), new AttachmentChapter(), new PolyglotChapter(countingMemory)];

        await shop.ClearAsync(cancellationToken);
        var narrator = new Narrator(() => counting.RoundTrips + countingMemory.RoundTrips, screen, time);
        try
        {
            foreach (var chapter in chapters)
            {
                narrator.Chapter(chapter.Title, chapter.Text);
                await chapter.TellAsync(shop, narrator, cancellationToken);
            }
        }
        catch (Exception exception) when (!keep && exception is not StoreConnectionException)
        {
            await shop.ClearAsync(CancellationToken.None);
            throw;
        }

        if (!keep) await shop.ClearAsync(CancellationToken.None);
        screen.Close(StorySummary.Of(narrator.Steps), Seen, keep ? [.. ReadOn, Kept] : ReadOn);
        return narrator.Steps;
    }
}
