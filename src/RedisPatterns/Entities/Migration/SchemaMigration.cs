using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Goes through all entities of a model and brings those of older schemas to its own.</summary>
/// <remarks>
/// First by the memo buckets, of which a checkpoint keeps the number; then by the keys, for entities of which nothing is
/// remembered. An entity that is upgraded already costs a read, so that going over some twice does no harm.
/// </remarks>
internal sealed class SchemaMigration<T>(EntityStorage<T> storage, MigrationOptions options)
    where T : class
{
    private const int BucketsPerBatch = 64;
    private const int KeysPerBatch = 500;

    private readonly WorkCheckpoint _checkpoint =
        new(storage.Store, KeyGrammar.Migration(storage.Keyspace.Tag, storage.Schema.Name), new("schema", storage.Schema.Plan.Version), "upgraded");

    private readonly EntityRewriter<T> _rewriter = new(storage);
    private readonly List<UnreadableEntity> _failures = [];
    private readonly BulkOptions _bulk = new() { MaximumInFlight = options.MaximumInFlight };

    public async ValueTask<MigrationReport> RunAsync(CancellationToken cancellationToken)
    {
        var wasResumed = !options.DryRun && !options.Restart && await _checkpoint.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (storage.Schema.Shape.HasMemo)
        {
            await GoThroughMemosAsync(cancellationToken).ConfigureAwait(false);
        }

        await GoThroughKeysAsync(cancellationToken).ConfigureAwait(false);
        if (!options.DryRun)
        {
            await _checkpoint.DeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        Report(1);
        return new MigrationReport(_checkpoint.Read, _checkpoint.Done, _checkpoint.Failed, _failures, wasResumed);
    }

    private async ValueTask GoThroughMemosAsync(CancellationToken cancellationToken)
    {
        while (_checkpoint.Bucket < KeyGrammar.MemoBuckets)
        {
            var count = Math.Min(BucketsPerBatch, KeyGrammar.MemoBuckets - _checkpoint.Bucket);
            var pipeline = new StorePipeline();
            var buckets = Enumerable.Range(_checkpoint.Bucket, count).Select(number => pipeline.Add(Hashes.Fields(storage.Keys.MemoBucket(number)))).ToList();
            await storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            string[] tokens = [.. buckets.SelectMany(bucket => bucket.Value).Select(token => token.AsText()!)];
            await UpgradeAsync(tokens, cancellationToken).ConfigureAwait(false);
            _checkpoint.Bucket += count;
            await FinishBatchAsync(tokens.Length, (double)_checkpoint.Bucket / KeyGrammar.MemoBuckets, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask GoThroughKeysAsync(CancellationToken cancellationToken)
    {
        await foreach (var forgotten in new StoredTokens<T>(storage).ForgottenAsync(KeysPerBatch, cancellationToken).ConfigureAwait(false))
        {
            if (forgotten.Length > 0)
            {
                await UpgradeAsync(forgotten, cancellationToken).ConfigureAwait(false);
                await FinishBatchAsync(forgotten.Length, storage.Schema.Shape.HasMemo ? 1 : 0, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask UpgradeAsync(string[] tokens, CancellationToken cancellationToken)
    {
        var report = await BulkRunner.RunAsync(tokens, (token, cancel) => _rewriter.RunAsync(token, options.DryRun, cancel), _bulk, cancellationToken).ConfigureAwait(false);
        foreach (var result in report.Results)
        {
            switch (result.Error)
            {
                case null:
                    _checkpoint.Read += result.Value == RewriteOutcome.Gone ? 0 : 1;
                    _checkpoint.Done += result.Value == RewriteOutcome.Upgraded ? 1 : 0;
                    break;
                case EntityException error:
                    _checkpoint.Read++;
                    _checkpoint.Failed++;
                    if (_failures.Count < options.MaximumFailures)
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

    private async ValueTask FinishBatchAsync(int entities, double share, CancellationToken cancellationToken)
    {
        if (!options.DryRun)
        {
            await _checkpoint.SaveAsync(cancellationToken).ConfigureAwait(false);
        }

        Report(share);
        if (entities > 0 && options.Pause > TimeSpan.Zero)
        {
            await Task.Delay(options.Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Report(double share) => options.Progress?.Report(new MigrationProgress(share, _checkpoint.Read, _checkpoint.Done, _checkpoint.Failed));
}
