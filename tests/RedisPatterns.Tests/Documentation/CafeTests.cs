using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

public sealed class CafeTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();
    private readonly Repository<Cafe, CafeModel> _cafes;

    public CafeTests() => _cafes = _store.Keyspace("town").Repository<Cafe, CafeModel>(new CafeModel());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_index_answers()
    {
        await FillAsync();
        var (cafes, here, cancellationToken) = (_cafes, new GeoPosition(5.32, 60.39), Cancellation);

        // snippet: indexes-kinds
        var good = await cafes.Query(m => m.ByCityRating.Is("Bergen").AtLeast(4))
            .OrderBy(m => m.ByCityRating)                           // the best first, since ratings are held descending
            .ToListAsync(cancellationToken);
        var typed = await cafes.Query(m => m.ByWord.StartsWith("kaff")).Take(10).ToListAsync(cancellationToken);
        var near = await cafes.Query(m => m.ByPlace.Near(here, metres: 2_000) & m.ByEspresso.AtMost(3.90m))
            .OrderByDistance(m => m.ByPlace, here)
            .Take(5)
            .ToListAsync(cancellationToken);
        var one = await cafes.FindAsync(m => m.ByBranch, ("Kaffemisjonen", "Øvre"), cancellationToken);

        // end-snippet
        Assert.Equal(["c1", "c2"], good.Select(cafe => cafe.Id));
        Assert.Equal(["c1", "c3"], typed.Select(cafe => cafe.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["c2", "c1"], near.Select(cafe => cafe.Id));
        Assert.Equal("c1", one?.Id);
    }

    [Fact]
    public async Task Pages_go_on_behind_a_cursor()
    {
        await FillAsync();
        var read = new List<string>();
        string? cursor = null;
        do
        {
            cursor = await PageAsync(_cafes, cursor, read, Cancellation);
        }
        while (cursor is not null);

        Assert.Equal(["c3", "c1", "c4"], read);
        Assert.Equal(["c3", "c1", "c4"], await StreamAsync(_cafes, Cancellation));
    }

    [Fact]
    public async Task A_query_explains_itself()
    {
        await FillAsync();
        for (var i = 0; i < 30; i++)
        {
            await _cafes.InsertAsync(new($"x{i}", "Nordlys", "Tromsø", 4, 5, 18.95, 69.65, true, DateTimeOffset.UnixEpoch), Cancellation);
        }

        var (cafes, cancellationToken) = (_cafes, Cancellation);

        // snippet: indexes-explain
        var explained = await cafes.Query(m => m.ByCityRating.Is("Bergen") & m.ByEspresso.AtMost(3.90m))
            .OrderBy(m => m.ByOpened)
            .Take(20)
            .ExplainAsync(cancellationToken);

        // end-snippet
        Assert.Equal(QueryStrategy.Collect, explained.Strategy);
        Assert.Equal("city-rating", explained.DrivingIndex);
        Assert.Equal("Collect city-rating, ordered by opened: 2 entries in 1 calls, 1 rows\n  city-rating within bounds: 2 entries\n  espresso within bounds: 3 entries", explained.ToString());
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static async Task<string?> PageAsync(Repository<Cafe, CafeModel> cafes, string? cursor, List<string> read, CancellationToken cancellationToken)
    {
        // snippet: indexes-page
        var page = await cafes.Query().OrderBy(m => m.ByOpened).Select(m => [m.CafeName]).ToPageAsync(size: 2, cursor, cancellationToken);
        var names = page.Items.Select(cafe => cafe.Get(cafes.Model.CafeName));
        var next = page.Cursor;                                     // null when this was the last page

        // end-snippet
        Assert.True(names.Count() <= 2);
        read.AddRange((await cafes.Query().OrderBy(m => m.ByOpened).ToPageAsync(2, cursor, cancellationToken)).Items.Select(cafe => cafe.Id));
        return next;
    }

    private static async Task<List<string>> StreamAsync(Repository<Cafe, CafeModel> cafes, CancellationToken cancellationToken)
    {
        var ids = new List<string>();

        // snippet: indexes-stream
        await foreach (var cafe in cafes.Query().OrderBy(m => m.ByOpened).AsAsyncEnumerable(pageSize: 100, cancellationToken))
        {
            ids.Add(cafe.Id);
        }

        // end-snippet
        return ids;
    }

    private async Task FillAsync()
    {
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await _cafes.InsertAsync(new("c1", "Kaffemisjonen", "Bergen", 5, 3.90m, 5.326, 60.393, true, day.AddDays(2), "Kaffemisjonen", "Øvre"), Cancellation);
        await _cafes.InsertAsync(new("c2", "Det Lille", "Bergen", 4, 3.50m, 5.321, 60.391, false, day), Cancellation);
        await _cafes.InsertAsync(new("c3", "Oslo Kaffebar", "Oslo", 4, 4.20m, 10.75, 59.91, true, day.AddDays(1)), Cancellation);
        await _cafes.InsertAsync(new("c4", "Solsiden", "Trondheim", 3, 3.75m, 10.41, 63.43, true, day.AddDays(3)), Cancellation);
    }
}
