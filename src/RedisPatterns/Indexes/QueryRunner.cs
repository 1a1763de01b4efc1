using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Runs a query: calls the query script until it has what was asked for.</summary>
internal sealed class QueryRunner<T>(EntityStorage<T> storage, Filter<T>? filter, IOrderIndex<T>? order, bool descending, int? take)
    where T : class
{
    /// <summary>How many index entries one call goes through at most.</summary>
    private const int Budget = 10_000;

    /// <summary>The same where every entry may bring a document along.</summary>
    private const int DocumentBudget = 1_000;

    private const int EntitiesPerTrip = 500;
    private const int ScanCount = 1_000;

    /// <summary>How many memo buckets one call is given.</summary>
    private const int BucketsPerCall = 1_024;

    private readonly QueryCompiler<T> _compiled = new(storage.Keys, filter, order);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<QueryRow> _rows = [];

    /// <summary>How many rows there are; the server tells the number alone where one call suffices.</summary>
    public async ValueTask<long> CountAsync(CancellationToken cancellationToken)
    {
        if (take == 0)
        {
            return 0;
        }

        // The entries of expired entities stay until they are swept, and must not be counted.
        if (storage.Schema.Shape is not { HasMemo: true, Expires: false })
        {
            return (await RunAsync("E", cancellationToken).ConfigureAwait(false)).Count;
        }

        StoreKey[] keys = [.. _compiled.Keys];
        var page = await CallAsync(keys, "", "", "", "N", cancellationToken).ConfigureAwait(false);
        return page.Plan == "N"
            ? Math.Min(page.Cursor1.AsInt64(), take ?? long.MaxValue)
            : (await GoOnAsync(keys, page, "I", cancellationToken).ConfigureAwait(false)).Count;
    }

    /// <summary>The ids in order, as tokens.</summary>
    public async ValueTask<IReadOnlyList<string>> ToTokensAsync(CancellationToken cancellationToken) =>
        (await RunAsync(storage.Schema.Shape.Expires ? "E" : "I", cancellationToken).ConfigureAwait(false)).ConvertAll(row => row.Token);

    /// <summary>The entities in order.</summary>
    public async ValueTask<List<T>> ToEntitiesAsync(Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var entities = new List<T>();
        if (storage.Reader is DocumentReader<T> reader)
        {
            foreach (var row in await RunAsync("D", cancellationToken).ConfigureAwait(false))
            {
                if (EntityReader<T>.ReadOrTell(row.Token, unreadable, () => reader.Read(row.Document)) is { } entity)
                {
                    entities.Add(entity);
                }
            }

            return entities;
        }

        foreach (var part in (await RunAsync("E", cancellationToken).ConfigureAwait(false)).Chunk(EntitiesPerTrip))
        {
            var read = await storage.Reader.GetManyAsync(Array.ConvertAll(part, row => row.Token), slides: false, unreadable, cancellationToken).ConfigureAwait(false);
            entities.AddRange(read.OfType<T>());
        }

        return entities;
    }

    // The rows in order; D with documents, I without, E without but only of entities that exist.
    private async ValueTask<List<QueryRow>> RunAsync(string want, CancellationToken cancellationToken)
    {
        if (take == 0)
        {
            return [];
        }

        if (!storage.Schema.Shape.HasMemo)
        {
            await RunThroughKeysAsync(want, cancellationToken).ConfigureAwait(false);
            return _rows;
        }

        StoreKey[] keys = [.. _compiled.Keys];
        var page = await CallAsync(keys, "", "", "", want, cancellationToken).ConfigureAwait(false);
        var rows = await GoOnAsync(keys, page, want, cancellationToken).ConfigureAwait(false);
        await storage.SweepAfterQueryAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }

    // A model of which nothing is remembered has no list of its entities but the keys of the database.
    private async ValueTask RunThroughKeysAsync(string want, CancellationToken cancellationToken)
    {
        var prefix = storage.Keys.EntityPrefix;
        await foreach (var key in storage.Store.ScanKeysAsync(KeyGrammar.GlobLiteral(prefix) + "*", ScanCount, cancellationToken).ConfigureAwait(false))
        {
            var token = key.ToString()[prefix.Length..];
            if (token.Contains(':', StringComparison.Ordinal) || !_seen.Add(token))
            {
                continue;
            }

            var document = want == "D" ? await storage.Store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false) : StoreValue.Empty;
            if (!document.IsNull)
            {
                _rows.Add(new QueryRow(token, "", document));
            }

            if (IsFull)
            {
                return;
            }
        }
    }

    private bool IsFull => take is { } wanted && _rows.Count >= wanted;

    private async ValueTask<List<QueryRow>> GoOnAsync(StoreKey[] keys, QueryPage page, string want, CancellationToken cancellationToken)
    {
        if (page.Plan == "M" && !page.IsDone)
        {
            await RunThroughMemosAsync(keys, want, cancellationToken).ConfigureAwait(false);
            return _rows;
        }

        // Plans W and C give rows in order and with documents; R and S go through another index than the ordering one.
        var ordered = order is null || page.Plan is "W" or "C";
        Add(page);
        while (!page.IsDone && !(ordered && IsFull))
        {
            page = await CallAsync(keys, page.Plan, page.Cursor1, page.Cursor2, want, cancellationToken).ConfigureAwait(false);
            Add(page);
        }

        if (!ordered)
        {
            await SortAsync(want, cancellationToken).ConfigureAwait(false);
        }

        return _rows;
    }

    private async ValueTask RunThroughMemosAsync(StoreKey[] keys, string want, CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < KeyGrammar.MemoBuckets && !IsFull; bucket += BucketsPerCall)
        {
            StoreKey[] all = [.. keys, .. Enumerable.Range(bucket, BucketsPerCall).Select(storage.Keys.MemoBucket)];
            StoreValue next = keys.Length + 1;
            QueryPage page;
            do
            {
                page = await CallAsync(all, "M", next, "", want, cancellationToken).ConfigureAwait(false);
                Add(page);
                next = page.Cursor1;
            }
            while (!page.IsDone && !IsFull);
        }
    }

    private ValueTask<QueryPage> CallAsync(StoreKey[] keys, string mode, StoreValue cursor1, StoreValue cursor2, string want, CancellationToken cancellationToken)
    {
        var arguments = new StoreValue[8 + _compiled.Program.Count];
        arguments[0] = take is { } wanted ? wanted - (mode is "" or "W" or "M" || order is null ? _rows.Count : 0) : 0;
        arguments[1] = want == "D" && take is null ? DocumentBudget : Budget;
        arguments[2] = _compiled.Order;
        arguments[3] = descending ? "D" : "A";
        arguments[4] = want;
        arguments[5] = mode;
        arguments[6] = cursor1;
        arguments[7] = cursor2;
        _compiled.Program.CopyTo(arguments, 8);
        return storage.Store.EvaluateAsync(QueryScript.Script.With(keys, arguments), cancellationToken);
    }

    private void Add(QueryPage page)
    {
        foreach (var row in page.Rows)
        {
            if (_seen.Add(row.Token))
            {
                _rows.Add(row);
            }
        }
    }

    // The rows came in the order of another index: sort them, keep the first, and fetch their documents.
    private async ValueTask SortAsync(string want, CancellationToken cancellationToken)
    {
        var sign = descending ? -1 : 1;
        _rows.Sort((left, right) => sign * QueryOrder.Compare(left.Score.AsDouble(), left.Token, right.Score.AsDouble(), right.Token));
        if (want == "I")
        {
            Trim();
            return;
        }

        var found = new List<QueryRow>();
        foreach (var part in _rows.Chunk(take is { } wanted ? Math.Clamp(wanted, 1, DocumentBudget) : DocumentBudget))
        {
            found.AddRange(await FilledAsync(part, want, cancellationToken).ConfigureAwait(false));
            if (take is { } enough && found.Count >= enough)
            {
                break;
            }
        }

        _rows.Clear();
        _rows.AddRange(found);
        Trim();
    }

    // Those of the rows that exist, with their documents where these are asked for.
    private async ValueTask<IEnumerable<QueryRow>> FilledAsync(QueryRow[] rows, string want, CancellationToken cancellationToken)
    {
        if (want == "D")
        {
            var documents = await storage.Store.SendAsync(Strings.GetMany(Array.ConvertAll(rows, row => storage.Keys.Entity(row.Token))), cancellationToken).ConfigureAwait(false);
            return rows.Select((row, i) => row with { Document = documents[i] }).Where(row => !row.Document.IsNull);
        }

        var pipeline = new StorePipeline();
        var exist = Array.ConvertAll(rows, row => pipeline.Add(Keys.Exists(storage.Keys.Entity(row.Token))));
        await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return rows.Where((_, i) => exist[i].Value);
    }

    private void Trim()
    {
        if (take is { } wanted && _rows.Count > wanted)
        {
            _rows.RemoveRange(wanted, _rows.Count - wanted);
        }
    }
}
