using Checkout.Chapters;
using Narration;
using RedisPatterns;

namespace Checkout;

/// <summary>The whole run: clears the keyspace, tells the chapters, ends with a summary, clears the keyspace again.</summary>
/// <param name="store">Where everything lives.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="time">The clock that steps are timed by.</param>
public sealed class Story(IKeyValueStore store, IScreen screen, TimeProvider time)
{
    private static readonly string[] Seen =
    [
        "A batch where conditions and writes can be written down beforehand: transfers, orders. One round trip.",
        "A script where what to write depends on what is there, and many want it: reservations, changes of carts. One round trip.",
        "An optimistic transaction where it is decided in C#, on keys that few write: the checkout. Three round trips.",
        "Each of them may be repeated when no answer came, and then happens once.",
    ];

    private static readonly string[] ReadOn =
    [
        "samples/Checkout/Bank: transfers, to be copied",
        "samples/Checkout/Stock: stock and reservations",
        "samples/Checkout/Orders: orders across data types",
        "samples/Checkout/Carts: carts and the checkout",
        "docs/patterns/transfers.md: which tool for what, and what a failure leaves",
    ];

    private const string Kept = "redis-cli --scan --pattern '{checkout}:*': the keys that are still on the server";

    /// <summary>The files that the ending names.</summary>
    public static IEnumerable<string> NamedFiles => ReadOn.Select(line => line.Split(':')[0]);

    /// <summary>Runs it.</summary>
    /// <param name="keep">Whether the data stays.</param>
    /// <param name="cancellationToken">Ends it early; the keyspace is cleared nevertheless.</param>
    /// <returns>The steps, with their answers.</returns>
    public async Task<IReadOnlyList<Step>> RunAsync(bool keep = false, CancellationToken cancellationToken = default)
    {
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var market = new Market(counting.Keyspace(Market.Name));
        IChapter[] chapters = [new TransferChapter(), new ReservationChapter(), new OrderChapter(), new CartChapter(), new StormChapter()];

        await market.ClearAsync(cancellationToken);
        var narrator = new Narrator(() => counting.RoundTrips, screen, time);
        try
        {
            foreach (var chapter in chapters)
            {
                narrator.Chapter(chapter.Title, chapter.Text);
                await chapter.TellAsync(market, narrator, cancellationToken);
            }
        }
        catch (Exception exception) when (!keep && exception is not StoreConnectionException)
        {
            await market.ClearAsync(CancellationToken.None);
            throw;
        }

        if (!keep) await market.ClearAsync(CancellationToken.None);
        screen.Close(StorySummary.Of(narrator.Steps), Seen, keep ? [.. ReadOn, Kept] : ReadOn);
        return narrator.Steps;
    }
}
