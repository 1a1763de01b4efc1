using System.Globalization;
using System.Security.Cryptography;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Counts again, from the memos, what a model's totals should be, while others write, and on demand puts them right.</summary>
/// <remarks>
/// Beside each total a second one is counted, bucket of memos by bucket. A bucket that has been counted is marked in the same
/// step, and from then on every write of an entity in it is added to both. When all buckets are marked, both change alike
/// whatever is written, so where they differ the total is wrong by just that: found without stopping anybody, and put right
/// by one write. Whoever begins while a recount goes on, or was left behind, carries it on.
/// </remarks>
internal sealed class TotalRecount<T>(EntityStorage<T> storage, RecountOptions options)
    where T : class
{
    private const int BucketsPerTrip = 64;
    private const int GroupsPerCall = 200;
    private const int ScanCount = 1_000;
    private const int MaximumAttempts = 8;
    private const int NameLength = 16;

    private readonly List<TotalDrift> _differences = [];
    private long _entities;
    private long _groups;
    private long _found;
    private string _run = "";

    private EntityKeys Keys => storage.Keys;

    private IKeyValueStore Store => storage.Store;

    private EntityShape Shape => storage.Schema.Shape;

    public async ValueTask<RecountReport> RunAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; Shape.Totals.Count > 0; attempt++)
        {
            await ForgetAsync(cancellationToken).ConfigureAwait(false);
            var name = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", NameLength);
            _run = (await Store.EvaluateAsync(RecountScripts.Begin.With([Keys.Recount], [name]), cancellationToken).ConfigureAwait(false)).AsText()!;
            if (await CountAsync(cancellationToken).ConfigureAwait(false) && await CompareAsync(cancellationToken).ConfigureAwait(false))
            {
                await Store.EvaluateAsync(RecountScripts.End.With([Keys.Recount], [_run]), cancellationToken).ConfigureAwait(false);
                await ForgetAsync(cancellationToken).ConfigureAwait(false);
                break;
            }

            // Somebody else has brought it to its end, in between what this one was about to do.
            if (attempt == MaximumAttempts)
            {
                throw new EntityBusyException(storage.Schema.Name);
            }
        }

        return new RecountReport(_entities, _groups, _differences) { Found = _found };
    }

    private async ValueTask<bool> CountAsync(CancellationToken cancellationToken)
    {
        for (var first = 0; first < KeyGrammar.MemoBuckets; first += BucketsPerTrip)
        {
            var counts = await Task.WhenAll(Enumerable.Range(first, BucketsPerTrip).Select(number => Store.EvaluateAsync(
                RecountScripts.Count.With([Keys.Recount, Keys.MemoBucket(number), Keys.Catalogue], [_run, number]), cancellationToken).AsTask())).ConfigureAwait(false);
            if (Array.IndexOf(counts, RecountScripts.Over) >= 0)
            {
                return false;
            }

            _entities += counts.Sum();
            options.Progress?.Report((double)(first + BucketsPerTrip) / KeyGrammar.MemoBuckets);
            if (options.Pause > TimeSpan.Zero)
            {
                await Task.Delay(options.Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async ValueTask<bool> CompareAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Shape.Totals.Count; i++)
        {
            var periods = Shape.Totals[i].IsPeriodic ? await PeriodsAsync(Keys.Totals[i].ToString(), cancellationToken).ConfigureAwait(false) : [null];
            foreach (var period in periods)
            {
                var key = period is null ? Keys.Totals[i] : KeyGrammar.PeriodTotal(Keys.Totals[i].ToString(), period);
                if (!await CompareAsync(i, period, key, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async ValueTask<bool> CompareAsync(int total, string? period, StoreKey key, CancellationToken cancellationToken)
    {
        if (await Store.SendAsync(Commands.Keys.Type(key), cancellationToken).ConfigureAwait(false) is not (DataType.None or DataType.Hash))
        {
            // No write can succeed where something else is in the way.
            Tell(total, period, "", null, 0);
            if (!options.Mends)
            {
                return true;
            }

            await Store.SendAsync(Commands.Keys.Unlink(key), cancellationToken).ConfigureAwait(false);
        }

        var groups = new HashSet<string>(StringComparer.Ordinal);
        await CollectAsync(key, groups, cancellationToken).ConfigureAwait(false);
        await CollectAsync(KeyGrammar.Recounted(key.ToString(), _run), groups, cancellationToken).ConfigureAwait(false);
        _groups += groups.Count;
        foreach (var some in groups.Chunk(GroupsPerCall))
        {
            var reply = await Store.EvaluateAsync(
                RecountScripts.Compare.With([Keys.Recount, key, KeyGrammar.Recounted(key.ToString(), _run)], [_run, options.Mends ? 1 : 0, .. some.Select(group => (StoreValue)group)]), cancellationToken).ConfigureAwait(false);
            if (reply.Kind != StoreReplyKind.Array)
            {
                return false;
            }

            for (var i = 0; i + 2 < reply.Items.Length; i += 3)
            {
                Tell(total, period, reply.Items[i].Value.AsText()!, NumberOf(reply.Items[i + 1].Value), NumberOf(reply.Items[i + 2].Value) ?? 0);
            }
        }

        return true;
    }

    private async ValueTask CollectAsync(StoreKey key, HashSet<string> groups, CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            var page = await Store.SendAsync(Hashes.Scan(key, cursor, count: ScanCount), cancellationToken).ConfigureAwait(false);
            cursor = page.Cursor;
            groups.UnionWith(page.Items.Select(entry => entry.Field.AsText()!));
        }
        while (cursor != 0);
    }

    // Those of the total, and those that it should have.
    private async ValueTask<IEnumerable<string?>> PeriodsAsync(string key, CancellationToken cancellationToken)
    {
        var prefix = KeyGrammar.PeriodTotal(key, "");
        var periods = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var found in Store.ScanKeysAsync(KeyGrammar.GlobLiteral(prefix) + "*", ScanCount, cancellationToken).ConfigureAwait(false))
        {
            periods.Add(found.ToString()[prefix.Length..].Split(',')[0]);
        }

        return periods;
    }

    // What recounts have come to that do not go on.
    private async ValueTask ForgetAsync(CancellationToken cancellationToken)
    {
        var prefix = KeyGrammar.Total(storage.Keyspace.Tag, storage.Schema.Name, "");
        await foreach (var key in Store.ScanKeysAsync(KeyGrammar.GlobLiteral(prefix) + "*,*", ScanCount, cancellationToken).ConfigureAwait(false))
        {
            await Store.EvaluateAsync(RecountScripts.Forget.With([Keys.Recount, key], [key.ToString()[(key.ToString().LastIndexOf(',') + 1)..]]), cancellationToken).ConfigureAwait(false);
        }
    }

    private static long? NumberOf(StoreValue value) =>
        value.AsMemory().Length == 0 ? 0 : long.TryParse(value.AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Tell(int total, string? period, string group, long? stored, long counted)
    {
        _found++;
        if (_differences.Count >= options.MaximumDifferences)
        {
            return;
        }

        var slot = Shape.Totals[total];
        var unit = TotalUnits.Decimals(slot.Form is IndexForm.Sum or IndexForm.PeriodSum ? slot.Signature[0] - '0' : 0);
        _differences.Add(new TotalDrift(
            storage.Schema.Indexes[Shape.FirstTotal + total].Name, period, string.Join('/', group.Split('/').Select(KeyGrammar.Unescape)), stored is { } number ? unit.Read(number) : null, unit.Read(counted)));
    }
}
