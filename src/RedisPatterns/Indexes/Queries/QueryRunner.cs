using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Runs a query in one keyspace: calls the query script until it has what was asked for.</summary>
internal sealed class QueryRunner<T> : IQueryRunner<T>
    where T : class
{
    private const int EntitiesPerTrip = 500;

    /// <summary>How many entries may bring their entities along in one call.</summary>
    private const int GreatestContents = 1_000;

    private readonly EntityStorage<T> _storage;
    private readonly QuerySpec<T> _spec;
    private readonly QueryCompiler<T> _compiled;
    private HashSet<string>? _seen;
    private readonly List<QueryRow> _rows = [];

    public QueryRunner(EntityStorage<T> storage, QuerySpec<T> spec)
    {
        (_storage, _spec) = (storage, spec);
        Work = new QueryWork(spec.Asks == "X");
        _compiled = new QueryCompiler<T>(storage, spec.Filter, spec.Ordering);
    }

    /// <summary>What tells the query from others.</summary>
    public string Identity => _compiled.Identity;

    /// <summary>What was done so far.</summary>
    public QueryWork Work { get; }

    /// <summary>Whether the model keeps a list of its entities, in which a query can have a place.</summary>
    private bool HasList => _storage.Schema.Shape.HasMemo;

    // The entries of expired entities stay until they are swept.
    private bool CanOutlive => _storage.Schema.Shape.Expires;

    /// <summary>How many rows there are; the server tells the number alone, if it can do so without counting one twice.</summary>
    public async ValueTask<long> CountAsync(int? take, CancellationToken cancellationToken)
    {
        if (take == 0)
        {
            return 0;
        }

        if (!HasList || CanOutlive)
        {
            return (await RunAsync(QueryWant.ExistingIds, take, QueryPosition.Start, cancellationToken).ConfigureAwait(false)).Rows.Count;
        }

        if (_compiled.Counting() is { } command)
        {
            // Of an index that was ready before and after, the command has counted all; else the script sees what is to be done.
            Work.Calls++;
            var (field, ready) = (_compiled.Checks[0], _compiled.Checks[1]);
            var pipeline = new StorePipeline();
            var before = pipeline.Add(Hashes.Get(_storage.Keys.Catalogue, field));
            var counted = pipeline.Add(command);
            var after = pipeline.Add(Hashes.Get(_storage.Keys.Catalogue, field));
            await _storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            if (before.Value == ready && after.Value == ready)
            {
                return Math.Min(counted.Value, take ?? long.MaxValue);
            }
        }

        var count = 0L;
        var reply = await CallAsync(QueryWant.Count, take ?? 0, null, QueryPosition.Start, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            count += reply.Found;
            if (reply.IsDone || count >= take)
            {
                return Math.Min(count, take ?? long.MaxValue);
            }

            if (reply.Cursor1.AsMemory().Length == 0 && reply.Cursor2.AsMemory().Length == 0)
            {
                // Entries of one entity may come several times: ids are needed to tell.
                return (await GoOnAsync(reply, QueryWant.Ids, take, QueryPosition.Start, cancellationToken).ConfigureAwait(false)).Rows.Count;
            }

            reply = await CallAsync(QueryWant.Count, take is { } wanted ? wanted - count : 0, reply, QueryPosition.Start, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The ids in order, as tokens.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<QueryResult<string>> ToTokensAsync(int? take, QueryPosition after, CancellationToken cancellationToken)
    {
        var rows = await RunAsync(CanOutlive ? QueryWant.ExistingIds : QueryWant.Ids, take, after, cancellationToken).ConfigureAwait(false);
        return new([.. rows.Rows.Select(row => row.Token)], rows);
    }

    /// <summary>The entities in order.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<QueryResult<T>> ToEntitiesAsync(int? take, QueryPosition after, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var reader = _storage.Reader;
        var rows = await RunAsync(QueryWant.Contents, take, after, cancellationToken).ConfigureAwait(false);
        var entities = new T?[rows.Rows.Count];
        List<int>? missing = null;
        for (var i = 0; i < entities.Length; i++)
        {
            var content = rows.ContentOf(i);
            try
            {
                if (content.IsNull || !reader.TryReadContent(content, out entities[i]))
                {
                    (missing ??= []).Add(i);
                }
            }
            catch (EntityException error) when (unreadable is not null)
            {
                unreadable(new UnreadableEntity(KeyGrammar.Unescape(rows.Rows[i].Token), error));
            }
        }

        foreach (var part in missing?.Chunk(EntitiesPerTrip) ?? [])
        {
            Work.Calls++;
            var read = await reader.GetManyAsync(Array.ConvertAll(part, i => rows.Rows[i].Token), slides: false, unreadable, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < part.Length; i++)
            {
                entities[part[i]] = read[i];
            }
        }

        return new(entities, rows);
    }

    /// <summary>Some fields of the entities in order.</summary>
    public async ValueTask<QueryResult<EntityFields<T>>> ToFieldsAsync(int? take, QueryPosition after, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var reader = _storage.Reader;
        var rows = await RunAsync(QueryWant.Contents, take, after, cancellationToken).ConfigureAwait(false);
        var found = new EntityFields<T>?[rows.Rows.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var row = rows.Rows[i];
            try
            {
                if (row.Content.Kind != StoreReplyKind.Null && reader.TryReadFields(row.Content, _spec.Fields!, out var fields))
                {
                    found[i] = fields;
                }
                else
                {
                    Work.Calls++;
                    found[i] = await reader.GetFieldsAsync(row.Token, _spec.Fields!, slides: false, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (EntityException error) when (unreadable is not null)
            {
                unreadable(new UnreadableEntity(KeyGrammar.Unescape(row.Token), error));
            }
        }

        return new(found, rows);
    }

    public QueryExplanation Explain(int rows) => QueryExplanation.Of(_compiled, Work, rows, HasList);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<QueryRows> RunAsync(QueryWant want, int? take, QueryPosition after, CancellationToken cancellationToken)
    {
        _rows.Clear();
        _seen = null;
        if (take == 0)
        {
            return new QueryRows([], after, HasMore: true);
        }

        if (!HasList)
        {
            await RunThroughKeysAsync(want, take, cancellationToken).ConfigureAwait(false);
            return new QueryRows(_rows, after, HasMore: false);
        }

        var reply = await CallAsync(want, take ?? 0, null, after, cancellationToken).ConfigureAwait(false);
        var rows = await GoOnAsync(reply, want, take, after, cancellationToken).ConfigureAwait(false);
        await _storage.SweepAfterQueryAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }

    // A model of which nothing is remembered has no list of its entities but the keys of the database.
    private async ValueTask RunThroughKeysAsync(QueryWant want, int? take, CancellationToken cancellationToken)
    {
        await foreach (var token in new StoredTokens<T>(_storage).AllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!Seen().Add(token))
            {
                continue;
            }

            var content = StoreReply.Null;
            if (want == QueryWant.Contents && _storage.Schema.Shape.Layout == LayoutKind.Document)
            {
                content = StoreReply.FromValue(await _storage.Store.SendAsync(Strings.Get(_storage.Keys.Entity(token)), cancellationToken).ConfigureAwait(false));
                if (content.IsNull)
                {
                    continue;
                }
            }

            _rows.Add(new QueryRow(token, content));
            if (_rows.Count >= take)
            {
                return;
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<QueryRows> GoOnAsync(QueryReply reply, QueryWant want, int? take, QueryPosition after, CancellationToken cancellationToken)
    {
        // The rows of a plan P come in the order of another index, with their keys instead of their contents.
        var isOrdered = _spec.Ordering.Kind == QueryOrderKind.Any || !reply.Plan.StartsWith('P');
        if (IsWhole(reply) && _spec.Asks != "K")
        {
            return new QueryRows(reply.Rows, LastOf(reply, after), reply.HasMore);
        }

        var last = Add(reply, after);
        while (!reply.IsDone && !(isOrdered && _rows.Count >= take))
        {
            reply = await CallAsync(want, take is { } wanted && isOrdered ? wanted - _rows.Count : 0, reply, after, cancellationToken).ConfigureAwait(false);
            last = Add(reply, last);
        }

        // Of sets that overlap the script gives whole blocks, since it can not know which ids came before.
        if (isOrdered && _rows.Count > take)
        {
            _rows.RemoveRange(take.Value, _rows.Count - take.Value);
        }

        return isOrdered ? new QueryRows(_rows, last, reply.HasMore) : await SortAsync(want, take, after, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<QueryReply> CallAsync(QueryWant want, long take, QueryReply? before, QueryPosition after, CancellationToken cancellationToken)
    {
        var budget = want == QueryWant.Contents && take == 0 ? Math.Min(_spec.Budget, GreatestContents) : _spec.Budget;
        var call = new QueryCall(want, take, budget, before?.Plan ?? "", before?.Cursor1 ?? "", before?.Cursor2 ?? "", after, _spec.Asks);
        var script = call.For(_compiled, _storage.Schema.Shape, _spec.Names);
        var reply = await _storage.Store.EvaluateAsync(script, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ReferenceEquals(reply, QueryReply.Stale); attempt++)
        {
            await _storage.Lifecycle.ReadyAsync(_compiled.Indexes, attempt, cancellationToken).ConfigureAwait(false);
            reply = await _storage.Store.EvaluateAsync(script, cancellationToken).ConfigureAwait(false);
        }

        Work.Add(reply);
        return reply;
    }

    private QueryPosition Add(QueryReply reply, QueryPosition last)
    {
        var seen = IsWhole(reply) ? null : Seen();
        var hasKeys = _spec.Asks == "K" && reply.Told.Length == reply.Rows.Count;
        for (var i = 0; i < reply.Rows.Count; i++)
        {
            var row = reply.Rows[i];
            if (seen is null || seen.Add(row.Token))
            {
                _rows.Add(hasKeys ? row with { Key = reply.Told[i].Value } : row);
            }
        }

        return LastOf(reply, last);
    }

    // Sets in pieces, and an index of several texts, give an id several times. A single call gives one once else, since nothing
    // changes meanwhile.
    private bool IsWhole(QueryReply reply) =>
        _seen is null && _rows.Count == 0 && reply.IsDone && (reply.Plan is "W" or "C" || _compiled.IsSet) && (_compiled.Parts & QueryParts.Texts) == 0;

    private static QueryPosition LastOf(QueryReply reply, QueryPosition last) => reply.Last.Token.AsMemory().Length > 0 ? reply.Last : last;

    private HashSet<string> Seen() => _seen ??= new HashSet<string>(StringComparer.Ordinal);

    // Sorts the rows, keeps the first, and fetches their contents.
    private async ValueTask<QueryRows> SortAsync(QueryWant want, int? take, QueryPosition after, CancellationToken cancellationToken)
    {
        var (kind, sign) = (_spec.Ordering.Kind, _spec.Ordering.IsDescending ? -1 : 1);
        var places = _rows.ConvertAll(row => (Row: row, Place: new QueryPosition(row.Content.Value, row.Token)));
        places.Sort((left, right) => sign * QueryPosition.Compare(kind, left.Place, right.Place));
        var found = new List<QueryRow>();
        var at = 0;
        while (at < places.Count && !(found.Count >= take))
        {
            var part = places.GetRange(at, Math.Min(places.Count - at, take is { } wanted ? Math.Clamp(wanted - found.Count, 1, EntitiesPerTrip) : EntitiesPerTrip));
            at += part.Count;
            found.AddRange(want == QueryWant.Ids
                ? part.ConvertAll(place => new QueryRow(place.Row.Token, StoreReply.FromValue(StoreValue.Empty), place.Place.Key))
                : await FilledAsync(part.ConvertAll(place => place.Place), want, cancellationToken).ConfigureAwait(false));
        }

        return new QueryRows(found, at == 0 ? after : places[at - 1].Place, at < places.Count);
    }

    // Those that exist, with their contents where these are asked for.
    private async ValueTask<IEnumerable<QueryRow>> FilledAsync(List<QueryPosition> places, QueryWant want, CancellationToken cancellationToken)
    {
        Work.Calls++;
        string[] tokens = [.. places.Select(place => place.Token.AsText()!)];
        var call = ContentScript.Call(_storage.Keys, tokens, _storage.Schema.Shape.Layout, want == QueryWant.Contents, _spec.Names);
        var contents = await _storage.Store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        return tokens.Select((token, i) => new QueryRow(token, contents[i], places[i].Key)).Where(row => !row.Content.IsNull);
    }
}
