using System.Collections.Concurrent;
using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Runs sequences on a store, and cuts those that fail down to short ones.</summary>
/// <param name="rent">Lends a store; an empty keyspace in it is used for each run.</param>
/// <param name="tag">What the names of the keyspaces begin with.</param>
/// <param name="cancellation">Ends it.</param>
/// <param name="partitions">Over how many partitions the entities are spread; 1 for a keyspace of its own.</param>
internal sealed class FuzzRunner(Func<ValueTask<StoreLease>> rent, string tag, CancellationToken cancellation, int partitions = 1)
{
    private const int MostTries = 300;

    // Less than a conformance test has: a sequence that is long is worth more than none.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private const int KeysPerPage = 1_000;
    private static int _keyspaces;
    private long _calls;

    /// <summary>How often each call came to which outcome.</summary>
    public ConcurrentDictionary<string, long> Tally { get; } = new();

    /// <summary>How long the steps of each verb took, in milliseconds.</summary>
    public ConcurrentDictionary<string, double> Milliseconds { get; } = new();

    /// <summary>The operations that were made: calls, of those for many at once each item.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Runs a sequence.</summary>
    /// <returns>A description of the failure, cut down and with its seed; null when there is none.</returns>
    public async Task<string?> RunAsync(long seed, int length)
    {
        FuzzSequence sequence;
        var lease = await rent().ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            sequence = FuzzGenerator.Create(seed, length, lease.Clock is not null);
        }

        return await TryAsync(sequence).ConfigureAwait(false) is { } failure ? await DescribeAsync(sequence, failure).ConfigureAwait(false) : null;
    }

    private async Task<string> DescribeAsync(FuzzSequence sequence, (int Steps, string What) failure)
    {
        var tries = 0;
        var start = TimeProvider.System.GetTimestamp();
        var shown = sequence with { Steps = [.. sequence.Steps.Take(failure.Steps)] };
        for (var size = Math.Max(shown.Steps.Count / 2, 1); size >= 1; size /= 2)
        {
            for (var first = shown.Steps.Count - size; first >= 0 && tries < MostTries && TimeProvider.System.GetElapsedTime(start) < MostTime; first -= size)
            {
                tries++;
                var fewer = shown with { Steps = [.. shown.Steps.Take(first), .. shown.Steps.Skip(first + size)] };
                if (await TryAsync(fewer).ConfigureAwait(false) is { } again)
                {
                    (shown, failure) = (fewer with { Steps = [.. fewer.Steps.Take(again.Steps)] }, again);
                    first = Math.Min(first, shown.Steps.Count);
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"Seed {sequence.Seed} with {sequence.Steps.Count} steps fails, cut down to {shown.Steps.Count}:\n{shown}{failure.What}");
    }

    private async Task<(int Steps, string What)?> TryAsync(FuzzSequence sequence)
    {
        var lease = await rent().ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{tag}-{Interlocked.Increment(ref _keyspaces)}");
            var model = new WareModel(sequence.Layout, sequence.Expires);
            var wares = partitions == 1
                ? lease.Store.Keyspace(name).Repository<Ware, WareModel>(model)
                : (await lease.Store.OpenPartitionedKeyspaceAsync(name, new PartitionedKeyspaceOptions { Partitions = partitions, ClaimPatience = TimeSpan.Zero }, cancellation).ConfigureAwait(false))
                    .Repository<Ware, WareModel>(model);
            var run = new FuzzRun(wares, new WareList(sequence.Expires, lease.Clock ?? TimeProvider.System), lease.Clock, Tally, cancellation);
            var step = 0;
            try
            {
                for (; step < sequence.Steps.Count; step++)
                {
                    await TimedAsync(sequence.Steps[step].Verb, () => sequence.Steps[step].Run(run)).ConfigureAwait(false);
                }

                await TimedAsync("End", () => EndAsync(run, lease.Store, name)).ConfigureAwait(false);
                return null;
            }
            catch (Exception error) when (error is not (OperationCanceledException or ConformanceSkippedException))
            {
                return (Math.Min(step + 1, sequence.Steps.Count), error is ConformanceFailedException ? error.Message : error.ToString());
            }
            finally
            {
                Interlocked.Add(ref _calls, run.Calls);
                await foreach (var keys in lease.Store.ScanKeysAsync($"{{{name}[,}}]*", KeysPerPage, CancellationToken.None).Chunk(KeysPerPage).ConfigureAwait(false))
                {
                    var pipeline = new StorePipeline();
                    foreach (var key in keys)
                    {
                        pipeline.Add(Keys.Unlink(key));
                    }

                    await lease.Store.SendAsync(pipeline, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task TimedAsync(string verb, Func<Task> step)
    {
        var start = TimeProvider.System.GetTimestamp();
        await step().ConfigureAwait(false);
        var took = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        Milliseconds.AddOrUpdate(verb, took, (_, before) => before + took);
    }

    // Nothing differs; and when all are gone nothing is left but what goes by itself.
    private static async Task EndAsync(FuzzRun run, IKeyValueStore store, string name)
    {
        await ReadSteps.VerifyAsync(run).ConfigureAwait(false);
        foreach (var ware in run.List.All)
        {
            await run.ExpectAsync("Delete", new("True"), async () => new($"{await run.Wares.DeleteAsync(ware.Id, cancellationToken: run.Cancellation).ConfigureAwait(false)}")).ConfigureAwait(false);
        }

        if (run.List.Expires)
        {
            run.Count("Sweep");
            await run.Wares.SweepAsync(cancellationToken: run.Cancellation).ConfigureAwait(false);
            if (run.Wares.Keyspace.Partition is not null)
            {
                // What expired entities have claimed stays until somebody meets it.
                await run.Wares.RepairAsync(cancellationToken: run.Cancellation).ConfigureAwait(false);
            }
        }

        await foreach (var key in store.ScanKeysAsync($"{{{name}[,}}]*", KeysPerPage, run.Cancellation).ConfigureAwait(false))
        {
            // The catalogues, the number of the partitions, and for a few minutes parts of contents and what was revoked.
            var text = key.ToString();
            var rest = text[(text.IndexOf('}', StringComparison.Ordinal) + 2)..];
            if (rest is not ("idx:ware" or "meta:partitions") && !rest.StartsWith("ware:", StringComparison.Ordinal) && !rest.StartsWith("meta:ware:revoked:", StringComparison.Ordinal))
            {
                throw new ConformanceFailedException($"{text} is left when every ware is gone");
            }
        }
    }
}
