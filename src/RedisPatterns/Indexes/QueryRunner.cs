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

        StoreKey[] keys = [.. _compiled.Keys];
        var page = await CallAsync(keys, "", "", "", "N", cancellationToken).ConfigureAwait(false);
        return page.Plan == "N"
            ? Math.Min(page.Cursor1.AsInt64(), take ?? long.MaxValue)
            : (await GoOnAsync(keys, page, "I", cancellationToken).ConfigureAwait(false)).Count;
    }

    /// <summary>The rows in order, with their documents when these are asked for.</summary>
    public async ValueTask<List<QueryRow>> RunAsync(bool withDocuments, CancellationToken cancellationToken)
    {
        if (take == 0)
        {
            return [];
        }

        StoreKey[] keys = [.. _compiled.Keys];
        var want = withDocuments ? "D" : "I";
        var page = await CallAsync(keys, "", "", "", want, cancellationToken).ConfigureAwait(false);
        return await GoOnAsync(keys, page, want, cancellationToken).ConfigureAwait(false);
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
        if (want != "D")
        {
            Trim();
            return;
        }

        var found = new List<QueryRow>();
        foreach (var part in _rows.Chunk(take is { } wanted ? Math.Clamp(wanted, 1, DocumentBudget) : DocumentBudget))
        {
            var documents = await storage.Store.SendAsync(
                Strings.GetMany(Array.ConvertAll(part, row => storage.Keys.Entity(row.Token))), cancellationToken).ConfigureAwait(false);
            found.AddRange(part.Select((row, i) => row with { Document = documents[i] }).Where(row => !row.Document.IsNull));
            if (take is { } enough && found.Count >= enough)
            {
                break;
            }
        }

        _rows.Clear();
        _rows.AddRange(found);
        Trim();
    }

    private void Trim()
    {
        if (take is { } wanted && _rows.Count > wanted)
        {
            _rows.RemoveRange(wanted, _rows.Count - wanted);
        }
    }
}
