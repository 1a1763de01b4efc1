using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Compares the unique values of the entities with the claims of all partitions, both ways, and mends what differs where this is asked for.</summary>
internal sealed class ClaimVerification<T>(EntityStorages<T> storages, VerificationOptions options, bool mends)
    where T : class
{
    private const int EntriesPerPage = 500;
    private const int MaximumLooks = 8;

    private readonly PartitionClaims<T> _claims = storages.Claims!;
    private readonly List<IndexDrift> _differences = [];
    private readonly List<IndexDrift> _left = [];
    private long _compared;
    private long _found;
    private long _mended;

    public async ValueTask<RepairReport> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var storage in storages.All)
        {
            for (var index = 0; index < storages.Schema.Shape.Uniques.Count; index++)
            {
                await ForEachAsync(storage, storage.Keys.Uniques[index], (value, id) => CheckHolderAsync(index, value, id.AsText()!, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var storage in storages.All)
        {
            for (var index = 0; index < storages.Schema.Shape.Uniques.Count; index++)
            {
                await ForEachAsync(storage, PartitionClaims<T>.ClaimsOf(storage, index), (value, record) => CheckClaimAsync(index, value, new ClaimRecord(record), cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }

        return new RepairReport(new DriftReport(0, _compared, _differences) { Found = _found }, _mended, _left);
    }

    private async ValueTask ForEachAsync(EntityStorage<T> storage, StoreKey key, Func<string, StoreValue, ValueTask> check, CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            var page = await storage.Store.SendAsync(Hashes.Scan(key, cursor, count: EntriesPerPage), cancellationToken).ConfigureAwait(false);
            _compared += page.Items.Count;
            await Task.WhenAll(page.Items.Select(entry => check(entry.Field.AsText()!, entry.Value).AsTask())).ConfigureAwait(false);
            if (options.Pause > TimeSpan.Zero)
            {
                await Task.Delay(options.Pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }

            cursor = page.Cursor;
        }
        while (cursor != 0);
    }

    // An entity has a value: is it the one that claims it?
    private async ValueTask CheckHolderAsync(int index, string value, string id, CancellationToken cancellationToken)
    {
        var own = ClaimRecord.Of(id, ClaimRecord.NewAttempt());
        if (!await LacksClaimAsync(index, value, own, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var drift = new IndexDrift(DriftKind.MissingEntry, storages.Schema.Indexes[index].Name, KeyGrammar.Unescape(id));
        Tell(drift);
        if (mends)
        {
            if (await _claims.ClaimAsync(index, value, own, TimeSpan.Zero, cancellationToken).ConfigureAwait(false) == ClaimOutcome.Refused)
            {
                Left(drift);
            }
            else
            {
                Mended();
            }
        }
    }

    // The claim of a value lies in another partition than who has it, so the two can not be seen in one moment. But no attempt is
    // made twice: a claim that was there before and after was there all the time. Where none was, it is looked at once more.
    private async ValueTask<bool> LacksClaimAsync(int index, string value, ClaimRecord own, CancellationToken cancellationToken)
    {
        for (var look = 1; look <= MaximumLooks; look++)
        {
            var before = await _claims.FindAsync(index, value, cancellationToken).ConfigureAwait(false);
            if (before?.Holder == own.Holder || !await _claims.HoldsAsync(index, value, own, revokes: false, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            var after = await _claims.FindAsync(index, value, cancellationToken).ConfigureAwait(false);
            if (before == after && (before is not null || look > 1))
            {
                return true;
            }

            await _claims.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        // It changes all the time: whoever changes it claims it.
        return false;
    }

    // Somebody claims a value: has it the value? Who is about to write it is waited for.
    private async ValueTask CheckClaimAsync(int index, string value, ClaimRecord record, CancellationToken cancellationToken)
    {
        if (await _claims.HoldsAsync(index, value, record, revokes: false, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await _claims.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (await _claims.FindAsync(index, value, cancellationToken).ConfigureAwait(false) is not { } again || again != record
            || await _claims.HoldsAsync(index, value, record, revokes: false, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // What an expired entity has left is no difference: nobody is kept from taking it.
        var isOfExpired = storages.Schema.Shape.Expires;
        if (!isOfExpired)
        {
            Tell(new IndexDrift(DriftKind.ExtraEntry, storages.Schema.Indexes[index].Name, KeyGrammar.Unescape(record.Holder)));
        }

        if (mends && await _claims.ReleaseAsync(index, value, record, revokes: true, cancellationToken).ConfigureAwait(false) && !isOfExpired)
        {
            Mended();
        }
    }

    private void Mended() => Interlocked.Increment(ref _mended);

    private void Left(IndexDrift drift)
    {
        lock (_left)
        {
            if (_left.Count < options.MaximumDifferences)
            {
                _left.Add(drift);
            }
        }
    }

    private void Tell(IndexDrift drift)
    {
        lock (_differences)
        {
            _found++;
            if (_differences.Count < options.MaximumDifferences)
            {
                _differences.Add(drift);
            }

            options.Found?.Report(drift);
        }
    }
}
