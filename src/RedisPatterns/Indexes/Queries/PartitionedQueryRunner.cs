namespace RedisPatterns;

/// <summary>
/// Runs a query in all partitions at once, and merges what they give in order. Each partition is asked for a share of what is
/// wanted and somewhat more, and asked again only if its share runs out before the others.
/// </summary>
internal sealed class PartitionedQueryRunner<T> : IQueryRunner<T>
    where T : class
{
    private readonly QueryRunner<T>[] _runners;
    private readonly QueryOrdering<T> _ordering;
    private readonly bool _merges;

    public PartitionedQueryRunner(EntityStorage<T>[] storages, QuerySpec<T> spec)
    {
        _ordering = spec.Ordering;
        _merges = _ordering.Kind != QueryOrderKind.Any && spec.Asks != "X";
        _runners = Array.ConvertAll(storages, storage => new QueryRunner<T>(storage, _merges ? spec with { Asks = "K" } : spec));
    }

    public string Identity => _runners[0].Identity;

    public async ValueTask<long> CountAsync(int? take, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(_runners.Select(runner => runner.CountAsync(take, cancellationToken).AsTask())).ConfigureAwait(false);
        return Math.Min(counts.Sum(), take ?? long.MaxValue);
    }

    public ValueTask<QueryResult<string>> ToTokensAsync(int? take, QueryPosition after, CancellationToken cancellationToken) =>
        MergeAsync((runner, count, place) => runner.ToTokensAsync(count, place, cancellationToken), take, after);

    public ValueTask<QueryResult<T>> ToEntitiesAsync(int? take, QueryPosition after, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        unreadable = PartitionReports.OneAtATime(unreadable);
        return MergeAsync((runner, count, place) => runner.ToEntitiesAsync(count, place, unreadable, cancellationToken), take, after);
    }

    public ValueTask<QueryResult<EntityFields<T>>> ToFieldsAsync(int? take, QueryPosition after, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        unreadable = PartitionReports.OneAtATime(unreadable);
        return MergeAsync((runner, count, place) => runner.ToFieldsAsync(count, place, unreadable, cancellationToken), take, after);
    }

    public QueryExplanation Explain(int rows) => QueryExplanation.OfPartitions([.. _runners.Select(runner => runner.Explain(0))], rows);

    private async ValueTask<QueryResult<TItem>> MergeAsync<TItem>(Func<QueryRunner<T>, int?, QueryPosition, ValueTask<QueryResult<TItem>>> read, int? take, QueryPosition after)
        where TItem : class
    {
        if (take == 0)
        {
            return new([], new QueryRows([], after, HasMore: true));
        }

        var sources = Array.ConvertAll(_runners, runner => new QuerySource<T, TItem>(runner, read, after));
        if (!_merges)
        {
            return await GatherAsync(sources, take, after).ConfigureAwait(false);
        }

        // The numbers of rows of the partitions differ by about the root of the share.
        var (items, rows) = (new List<TItem?>(), new List<QueryRow>());
        while (take is null || rows.Count < take)
        {
            var dry = Array.FindAll(sources, source => source.IsDry);
            if (dry.Length > 0)
            {
                var size = take is { } wanted ? ShareOf(wanted - rows.Count) : (int?)null;
                await Task.WhenAll(dry.Select(source => source.FillAsync(size))).ConfigureAwait(false);
                continue;
            }

            QuerySource<T, TItem>? first = null;
            foreach (var source in sources)
            {
                if (source.HasRow && (first is null || Precedes(source.Place, first.Place)))
                {
                    first = source;
                }
            }

            if (first is null)
            {
                break;
            }

            var (item, row) = first.Next();
            items.Add(item);
            rows.Add(row);
        }

        return new(items, new QueryRows(rows, rows.Count > 0 ? QuerySource<T, TItem>.PlaceOf(rows[^1]) : after, Array.Exists(sources, source => source.HasRow || source.IsDry)));
    }

    // In no order there is no place to go on from: whoever gave all that it was asked for is asked for all that is wanted.
    private async ValueTask<QueryResult<TItem>> GatherAsync<TItem>(QuerySource<T, TItem>[] sources, int? take, QueryPosition after)
        where TItem : class
    {
        var size = take is { } wanted ? ShareOf(wanted) : (int?)null;
        await Task.WhenAll(sources.Select(source => source.FillAsync(size))).ConfigureAwait(false);
        if (take is { } all && size < all && sources.Sum(source => source.Count) < all)
        {
            await Task.WhenAll(sources.Where(source => source.Count == size).Select(source => source.FillAsync(all))).ConfigureAwait(false);
        }

        var (items, rows) = (new List<TItem?>(), new List<QueryRow>());
        foreach (var source in sources)
        {
            while (source.HasRow && !(rows.Count >= take))
            {
                var (item, row) = source.Next();
                items.Add(item);
                rows.Add(row);
            }
        }

        return new(items, new QueryRows(rows, after, HasMore: false));
    }

    private int ShareOf(int wanted)
    {
        var share = (wanted + _runners.Length - 1) / _runners.Length;
        return Math.Min(wanted, share + 1 + (int)Math.Ceiling(2 * Math.Sqrt(share)));
    }

    private bool Precedes(QueryPosition left, QueryPosition right) => QueryPosition.Compare(_ordering.Kind, left, right) is var order && (_ordering.IsDescending ? order > 0 : order < 0);
}
