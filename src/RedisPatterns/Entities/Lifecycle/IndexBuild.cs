using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Goes through all entities of a model and puts those into its indexes that other code has written, or that are older than an index.</summary>
/// <remarks>
/// First by the memo buckets, of which a checkpoint keeps the number; then by the keys, for entities of which nothing is
/// remembered; then those that other code has written meanwhile. The memo tells whether an entity is in all indexes.
/// </remarks>
internal sealed class IndexBuild<T>(EntityStorage<T> storage, IndexBuildOptions options)
    where T : class
{
    private const int BucketsPerBatch = 64;
    private const int KeysPerBatch = 500;

    private readonly EntityReindexer<T> _reindexer = new(storage);
    private readonly List<UnreadableEntity> _failures = [];
    private readonly HashSet<IndexDuplicate> _duplicates = [];
    private readonly Lock _gate = new();
    private readonly BulkOptions _bulk = new() { MaximumInFlight = options.MaximumInFlight };
    private WorkCheckpoint _checkpoint = new(storage.Store, default, default, "");

    private EntityShape Shape => storage.Schema.Shape;

    public async ValueTask<IndexBuildReport> RunAsync(CancellationToken cancellationToken)
    {
        if (!Shape.HasMemo)
        {
            return new IndexBuildReport(0, 0, 0, [], [], [], [], WasResumed: false);
        }

        var catalogue = await storage.Lifecycle.DeclareAsync(DeclareScript.Enable, cancellationToken).ConfigureAwait(false);
        string[] fields = [.. IndexField.DefinitionsOf("B" + Shape.Registration).Select(IndexField.OfDefinition)];
        var work = string.Join('\n', fields.Select(field => field + " " + catalogue[field]));
        _checkpoint = new WorkCheckpoint(storage.Store, KeyGrammar.Build(storage.Keyspace.Tag, storage.Schema.Name), new("work", work), "indexed");
        var wasResumed = !options.Restart && await _checkpoint.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (!wasResumed && OthersLack(catalogue, fields))
        {
            await Task.Delay(options.Settle, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        await GoThroughMemosAsync(cancellationToken).ConfigureAwait(false);
        await GoThroughKeysAsync(cancellationToken).ConfigureAwait(false);
        foreach (var field in fields)
        {
            await storage.Lifecycle.DrainAsync(field, (index, token) => AddDuplicate(index, token), cancellationToken).ConfigureAwait(false);
        }

        await storage.Lifecycle.SettleAsync([.. fields.Select(field => new HashEntry(field, catalogue[field]))], cancellationToken).ConfigureAwait(false);
        await _checkpoint.DeleteAsync(cancellationToken).ConfigureAwait(false);
        var dropped = options.DropUnusedFor is { } unused ? await new IndexDrop<T>(storage).RunAsync(unused, cancellationToken).ConfigureAwait(false) : [];
        Report(1);
        var states = await storage.Lifecycle.StatesAsync(cancellationToken).ConfigureAwait(false);
        return new IndexBuildReport(_checkpoint.Read, _checkpoint.Done, _checkpoint.Failed, _failures, [.. _duplicates.Take(options.MaximumReported)], states, dropped, wasResumed);
    }

    // Whether code may run that does not know an index which is being built, and has not noticed yet.
    private static bool OthersLack(Dictionary<string, string> catalogue, string[] fields)
    {
        string[] building = [.. fields.Where(field => catalogue[field][0] == IndexField.Building)];
        return catalogue.Any(entry => entry.Key == IndexField.Plain
            ? building.Length > 0
            : entry.Key[0] is not ('#' or '@') && Array.Exists(building, field => field != "#" && !IndexField.FieldsOf(entry.Value).Contains(field)));
    }

    private async ValueTask GoThroughMemosAsync(CancellationToken cancellationToken)
    {
        while (_checkpoint.Bucket < KeyGrammar.MemoBuckets)
        {
            var count = Math.Min(BucketsPerBatch, KeyGrammar.MemoBuckets - _checkpoint.Bucket);
            var pipeline = new StorePipeline();
            var buckets = Enumerable.Range(_checkpoint.Bucket, count).Select(number => pipeline.Add(Hashes.GetAll(storage.Keys.MemoBucket(number)))).ToList();
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            var memos = buckets.SelectMany(bucket => bucket.Value).ToList();
            string[] tokens = [.. memos.Where(memo => !IsCurrent(memo.Value)).Select(memo => memo.Field.AsText()!)];
            _checkpoint.Read += memos.Count - tokens.Length;
            await IndexAsync(tokens, cancellationToken).ConfigureAwait(false);
            _checkpoint.Bucket += count;
            await FinishBatchAsync(memos.Count, (double)_checkpoint.Bucket / KeyGrammar.MemoBuckets, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask GoThroughKeysAsync(CancellationToken cancellationToken)
    {
        await foreach (var forgotten in new StoredTokens<T>(storage).ForgottenAsync(KeysPerBatch, cancellationToken).ConfigureAwait(false))
        {
            if (forgotten.Length > 0)
            {
                await IndexAsync(forgotten, cancellationToken).ConfigureAwait(false);
                await FinishBatchAsync(forgotten.Length, 1, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool IsCurrent(StoreValue text) =>
        Memo.TryParse(text.AsText() ?? "", out var memo) && memo.Value.Stamp == Shape.Stamp && memo.Value.Segments.Length == Shape.SegmentCount;

    private async ValueTask IndexAsync(string[] tokens, CancellationToken cancellationToken)
    {
        var report = await BulkRunner.RunAsync(tokens, (token, cancel) => _reindexer.RunAsync(token, extrasOf: null, cancel), _bulk, cancellationToken).ConfigureAwait(false);
        foreach (var result in report.Results)
        {
            switch (result.Error)
            {
                case null:
                    _checkpoint.Read += result.Value.Exists ? 1 : 0;
                    _checkpoint.Done += result.Value.Exists ? 1 : 0;
                    foreach (var index in result.Value.Duplicates)
                    {
                        AddDuplicate(index, tokens[result.Index]);
                    }

                    break;
                case EntityException error and not EntityBusyException:
                    _checkpoint.Read++;
                    _checkpoint.Failed++;
                    if (_failures.Count < options.MaximumReported)
                    {
                        _failures.Add(new UnreadableEntity(KeyGrammar.Unescape(tokens[result.Index]), error));
                    }

                    break;
                default:
                    // The store does not answer, say: this is no entity's fault.
                    throw result.Error;
            }
        }
    }

    private void AddDuplicate(string index, string token)
    {
        lock (_gate)
        {
            _duplicates.Add(new IndexDuplicate(index, KeyGrammar.Unescape(token)));
        }
    }

    private async ValueTask FinishBatchAsync(int entities, double share, CancellationToken cancellationToken)
    {
        if (entities > 0 || _checkpoint.Bucket % (BucketsPerBatch * 16) == 0)
        {
            await _checkpoint.SaveAsync(cancellationToken).ConfigureAwait(false);
        }

        Report(share);
        if (entities > 0 && options.Pause > TimeSpan.Zero)
        {
            await Task.Delay(options.Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Report(double share) => options.Progress?.Report(new IndexBuildProgress(share, _checkpoint.Read, _checkpoint.Done, _checkpoint.Failed));
}
