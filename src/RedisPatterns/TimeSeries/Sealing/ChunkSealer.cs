using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Seals buckets: makes one compressed chunk of all parts that are there.</summary>
/// <remarks>The samples are the same before and after, so it does not matter when, how often or by how many it is done.</remarks>
internal sealed class ChunkSealer(SeriesSet set, ChunkStorage storage)
{
    private const int Attempts = 3;

    /// <summary>How many buckets are sealed together at most.</summary>
    public const int MostTogether = 16;

    /// <summary>Begins to seal buckets, together: a round trip to read them, and one for those that are worth it; two more for each time that another changed what one begins with.</summary>
    /// <param name="buckets">The buckets, <see cref="MostTogether"/> at most.</param>
    /// <param name="cancellationToken">Stops between reading and sealing.</param>
    /// <returns>For each, how long it was and is; nothing when there was nothing to seal.</returns>
    public async ValueTask<Task<(int Before, int After)?>[]> BeginAsync(IReadOnlyList<(string Series, long Start)> buckets, CancellationToken cancellationToken)
    {
        var keys = new StoreKey[buckets.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = storage.BucketKey(buckets[i].Series, buckets[i].Start);
        }

        var values = await set.Store.SendAsync(Strings.GetMany(keys), cancellationToken).ConfigureAwait(false);
        var sealing = new Task<(int, int)?>[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            sealing[i] = SealAsync(keys[i], set.Period.At(buckets[i].Start), values[i], cancellationToken);
        }

        return sealing;
    }

    /// <summary>Seals all buckets of a series that are not one chunk. A round trip for each 64 to see which, and two for each 16 of these.</summary>
    public async ValueTask<SealReport> SealAllAsync(string series, CancellationToken cancellationToken)
    {
        var report = new SealReport(0, 0, 0);
        await foreach (var page in storage.StartsAsync(series, cancellationToken).Chunk(SeriesRead.GreatestPage).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var open = (await storage.HeadsAsync(series, page, cancellationToken).ConfigureAwait(false)).Where(bucket => bucket.Length > 0 && !ChunkStorage.IsSealed(bucket.Head, bucket.Length));
            foreach (var some in open.Select(bucket => (series, bucket.Start)).Chunk(MostTogether))
            {
                foreach (var one in await Task.WhenAll(await BeginAsync(some, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
                {
                    if (one is var (before, after))
                    {
                        report = new(report.Buckets + 1, report.BytesBefore + before, report.BytesAfter + after);
                    }
                }
            }
        }

        return report;
    }

    private async Task<(int Before, int After)?> SealAsync(StoreKey key, TimeRange period, StoreValue value, CancellationToken cancellationToken)
    {
        for (var attempt = 1; value.GetByteCount() is var length and > 0 && !ChunkStorage.IsSealed(value, length); attempt++)
        {
            var bytes = value.AsMemory();
            var after = BucketValue.Seal(bytes.Span, period, set.Options.Duplicates);
            if (await set.Store.EvaluateAsync(SealScript.Instance.With([key], [bytes, after]), cancellationToken).ConfigureAwait(false))
            {
                return (length, after.Length);
            }

            if (attempt == Attempts)
            {
                break;
            }

            value = await set.Store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
        }

        return null;
    }
}
