using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Seals buckets: makes one compressed chunk of all parts that are there.</summary>
/// <remarks>The samples are the same before and after, so it does not matter when, how often or by how many it is done.</remarks>
internal sealed class ChunkSealer(SeriesSet set, ChunkStorage storage)
{
    private const int Attempts = 3;

    /// <summary>Seals a bucket. Two round trips, and two more for each time that another changed what it begins with; then the other has sealed it.</summary>
    /// <returns>How long it was and is; nothing when there was nothing to seal.</returns>
    public async ValueTask<(int Before, int After)?> SealAsync(string series, long start, CancellationToken cancellationToken)
    {
        var key = storage.KeyOfBucket(series, start);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var value = await set.Store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
            var bytes = value.AsMemory();
            if (bytes.IsEmpty || ChunkStorage.IsSealed(value, bytes.Length))
            {
                return null;
            }

            var after = BucketValue.Seal(bytes.Span, set.Period.At(start), set.Options.Duplicates);
            if (await set.Store.EvaluateAsync(
                SealScript.Instance.With([key], [bytes, after]), cancellationToken).ConfigureAwait(false))
            {
                return (bytes.Length, after.Length);
            }
        }

        return null;
    }

    /// <summary>Seals all buckets of a series that are not one chunk.</summary>
    public async ValueTask<SealReport> SealAllAsync(string series, CancellationToken cancellationToken)
    {
        var report = new SealReport(0, 0, 0);
        await foreach (var page in storage.StartsAsync(series, cancellationToken).Chunk(SeriesRead.GreatestPage).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var (start, length, head) in await storage.HeadsAsync(series, page, cancellationToken).ConfigureAwait(false))
            {
                var isSealed = length == 0 || ChunkStorage.IsSealed(head, length);
                if (!isSealed && await SealAsync(series, start, cancellationToken).ConfigureAwait(false) is var (before, after))
                {
                    report = new(report.Buckets + 1, report.BytesBefore + before, report.BytesAfter + after);
                }
            }
        }

        return report;
    }
}
