namespace RedisPatterns;

/// <summary>Sends the batches of a writer, again and again within bounds, and counts what became of their samples.</summary>
internal sealed class BatchSender(KeyspaceTimeSeries series, SeriesWriterOptions options, KeyValuePair<string, object?> tag)
{
    private long _written;
    private long _ignored;
    private long _refused;
    private long _retries;

    /// <summary>How many samples were written.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>How many samples were left out as small changes.</summary>
    public long Ignored => Interlocked.Read(ref _ignored);

    /// <summary>How many samples were refused as duplicates.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How often a batch was sent again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Writes a batch, once however often it is sent under its id.</summary>
    /// <returns>Why it could not be written; null when it was.</returns>
    public async Task<SeriesBatchFailure?> TryWriteAsync(IReadOnlyList<NamedSample> batch, string operationId)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Count(batch.Count, await series.AddOnceAsync(batch, operationId, options.RememberFor, CancellationToken.None).ConfigureAwait(false));
                return null;
            }
            catch (StoreException error) when (attempt < options.Retry.MaximumAttempts && IsWorthAnother(error))
            {
                // After a pause.
            }
#pragma warning disable CA1031 // Whatever it is, nothing is to be lost by it: it is told to those who flush and dispose.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return new(error, [.. batch], operationId, attempt);
            }

            await Task.Delay(options.Retry.DrawPause(attempt), options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
            Interlocked.Increment(ref _retries);
            SeriesInstruments.Retries.Add(1, tag);
        }
    }

    /// <summary>Asks what becomes of a batch that could not be written.</summary>
    public FailedBatch Ask(SeriesBatchFailure failure)
    {
        try
        {
            return options.BatchFailed?.Invoke(failure) ?? FailedBatch.Keep;
        }
#pragma warning disable CA1031 // A callback that fails must not stop the writer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return FailedBatch.Keep;
        }
    }

    private static bool IsWorthAnother(StoreException error) =>
        error is StoreTimeoutException or StoreConnectionException or ServerUnavailableException or TransactionConflictException;

    private void Count(int samples, SeriesAddReport report)
    {
        Interlocked.Add(ref _written, report.Written);
        Interlocked.Add(ref _ignored, report.Ignored);
        Interlocked.Add(ref _refused, report.Refused.Count);
        SeriesInstruments.Written.Add(report.Written, tag);
        SeriesInstruments.BatchSize.Record(samples, tag);
    }
}
