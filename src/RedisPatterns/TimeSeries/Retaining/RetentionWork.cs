using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Drops the periods of series that need not be kept any more.</summary>
/// <remarks>
/// A period goes in one step, and only if it still has what the archive got. Before that the rules have worked off what waits, and from then
/// on they leave alone what begins before the cut, since it can not be made anew.
/// </remarks>
internal sealed class RetentionWork(SeriesTree.Node node, Func<SeriesArchive, CancellationToken, ValueTask>? archive)
{
    /// <summary>Drops what a series need not keep.</summary>
    public async ValueTask<RetentionReport> ApplyAsync(LabelledSeries series, CancellationToken cancellationToken)
    {
        var report = new RetentionReport(0, 0);
        var cut = await CutAsync(series.Name, cancellationToken).ConfigureAwait(false);
        if (cut == 0)
        {
            return report;
        }

        var isCutTold = node.Work is null;
        await foreach (var start in node.Storage.PeriodsAsync(series.Name, new(0, cut), cancellationToken).ConfigureAwait(false))
        {
            if (!isCutTold)
            {
                await node.Work!.SettleAsync([series.Name], cancellationToken).ConfigureAwait(false);
                await node.Work.CutAsync(series.Name, cut, cancellationToken).ConfigureAwait(false);
                isCutTold = true;
            }

            var samples = await DropAsync(series, node.Set.Period.At(start), cancellationToken).ConfigureAwait(false);
            report = new(report.Periods + (samples > 0 ? 1 : 0), report.Samples + samples);
        }

        return report;
    }

    // The first moment that is kept: the beginning of a period.
    private async ValueTask<long> CutAsync(string series, CancellationToken cancellationToken)
    {
        var (cut, retention) = (0L, node.Set.Options.Retention);
        if (retention.Age is { } age)
        {
            var newest = await ReadAsync(series, new NthSink(1), cancellationToken).ConfigureAwait(false);
            cut = Math.Max(cut, newest - (age.Ticks / TimeSpan.TicksPerMillisecond));
        }

        if (retention.Count is { } count)
        {
            cut = Math.Max(cut, await ReadAsync(series, new NthSink(count), cancellationToken).ConfigureAwait(false));
        }

        return cut <= 0 ? 0 : node.Set.Period.StartOf(cut);
    }

    private async ValueTask<long> ReadAsync(string series, NthSink sink, CancellationToken cancellationToken)
    {
        await node.Storage.ReadAsync([new(series, TimeRange.All, isDescending: true, sink) { EndsEarly = true }], cancellationToken).ConfigureAwait(false);
        return sink.Timestamp ?? 0;
    }

    private async ValueTask<long> DropAsync(LabelledSeries series, TimeRange period, CancellationToken cancellationToken)
    {
        var result = await node.Set.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var samples = await node.Storage.DropPeriodAsync(transaction, series.Name, period, cancellation).ConfigureAwait(false);
                if (samples.Count > 0 && archive is not null)
                {
                    await archive(new(node.Set.Name, series, period, samples), cancellation).ConfigureAwait(false);
                }

                return samples.Count;
            },
            node.Set.Options.Transactions,
            cancellationToken).ConfigureAwait(false);
        result.EnsureCommitted();
        return result.Value;
    }
}
