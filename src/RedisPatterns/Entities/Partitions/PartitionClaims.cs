using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// Keeps unique values unique in all partitions. A value is claimed in the partition that it gives; then the entity is written
/// in its own, by a script that refuses if the claim was taken away meanwhile. Whoever meets the claim of another looks into
/// the other's partition whether it has the value; if not, it waits a while, then revokes the attempt there, and takes the
/// claim. See docs/decisions/0013-partitions.md.
/// </summary>
internal sealed class PartitionClaims<T>(EntityStorages<T> storages, PartitionedKeyspaceOptions options)
    where T : class
{
    // An attempt that is older than the one begins anew, and no store tries longer than two minutes; so the other is longer
    // than any can be under way.
    private static readonly TimeSpan GreatestAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RevokedFor = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether a write can change what an entity claims.</summary>
    public static bool Concerns(WriteKind kind) => kind is not (WriteKind.Touch or WriteKind.Require or WriteKind.RequireAbsent or WriteKind.Sweep);

    /// <summary>Claims what an entity is to have, writes it, and gives up what it had.</summary>
    public async ValueTask SendAsync(EntityStorage<T> storage, EntityOperation<T> operation, int maximumAttempts, CancellationToken cancellationToken)
    {
        // What the server would find out by itself is needed before.
        operation.FallBack();

        // An insert begins with nothing, and a repair trusts nothing that is remembered.
        var trustsMemo = operation.Kind is not (WriteKind.Insert or WriteKind.Reindex);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (operation.NeedsPreparation)
                {
                    await operation.PrepareAsync(cancellationToken).ConfigureAwait(false);
                }

                var reply = await TryAsync(storage, operation, trustsMemo, cancellationToken).ConfigureAwait(false);
                if (!reply.IsRefused)
                {
                    return;
                }

                // An upsert took the entity for one that exists, and it has ended meanwhile: its values are anybody's.
                var hasEnded = reply.Refusal == EntityWriteReply.NotFound && operation.Kind == WriteKind.Upsert;
                trustsMemo &= !hasEnded;
                var isWorthAnother = hasEnded || reply.Refusal is EntityWriteReply.Changed or EntityWriteReply.Revoked || operation.Adapt(reply.Refusal);
                if (!isWorthAnother || attempt == maximumAttempts)
                {
                    throw operation.Refusal(reply);
                }

                if (reply.Refusal == EntityWriteReply.Revoked)
                {
                    // Two that want the same value are not to revoke one another for ever.
                    await Task.Delay(Step * Random.Shared.Next(1, 1 << Math.Min(attempt, 6)), options.TimeProvider, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (StoreException error) when (error is EntityException or WrongTypeException or MemoryLimitException)
        {
            await operation.DiscardAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Who claims a value; null for nobody. Whether that entity has it, its own partition says.</summary>
    public async ValueTask<ClaimRecord?> FindAsync(int index, string value, CancellationToken cancellationToken)
    {
        var claims = storages.Of(value);
        var record = await claims.Store.SendAsync(Hashes.Get(ClaimsOf(claims, index), value), cancellationToken).ConfigureAwait(false);
        return record.IsNull ? null : new ClaimRecord(record);
    }

    /// <summary>The key of the claims of an index in a partition.</summary>
    public static StoreKey ClaimsOf(EntityStorage<T> storage, int index) => KeyGrammar.Claims(storage.Keyspace.Tag, storage.Schema.Name, storage.Schema.Shape.Uniques[index].Name);

    /// <summary>Whether the entity of a record exists and has the value; if not, its attempt is revoked where this is asked for.</summary>
    public ValueTask<bool> HoldsAsync(int index, string value, ClaimRecord record, bool revokes, CancellationToken cancellationToken)
    {
        var holder = record.Holder;
        var storage = storages.Of(holder);
        return storage.Store.EvaluateAsync(
            ClaimScripts.Holds(storage.Keys.Uniques[index], storage.Keys.Entity(holder), RevokedKey(storage, record.Attempt), value, holder, revokes ? RevokedFor : null),
            cancellationToken);
    }

    /// <summary>Claims a value for an entity, unless it or another has it.</summary>
    public async ValueTask<ClaimOutcome> ClaimAsync(int index, string value, ClaimRecord own, TimeSpan patience, CancellationToken cancellationToken)
    {
        var storage = storages.Of(value);
        var claims = ClaimsOf(storage, index);
        var (seen, since, turn) = (default(StoreValue), 0L, 0);
        for (var taken = 0; taken < EntityCommit.MaximumAttempts;)
        {
            var met = await storage.Store.EvaluateAsync(ClaimScripts.Claim(claims, value, own), cancellationToken).ConfigureAwait(false);
            if (met.IsNull)
            {
                return ClaimOutcome.Claimed;
            }

            var other = new ClaimRecord(met);
            if (met != seen)
            {
                (seen, since, turn) = (met, options.TimeProvider.GetTimestamp(), 0);
            }

            var isLate = options.TimeProvider.GetElapsedTime(since) >= patience;
            if (await HoldsAsync(index, value, other, revokes: isLate, cancellationToken).ConfigureAwait(false))
            {
                return other.Holder == own.Holder ? ClaimOutcome.Held : ClaimOutcome.Refused;
            }

            if (isLate)
            {
                await storage.Store.EvaluateAsync(ClaimScripts.Release(claims, value, other), cancellationToken).ConfigureAwait(false);
                taken++;
            }
            else
            {
                await Task.Delay(Step * (1 << Math.Min(turn++, 3)), options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }

        throw new EntityBusyException(storage.Schema.Name);
    }

    /// <summary>Waits as long as another write is waited for.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(options.ClaimPatience, options.TimeProvider, cancellationToken);

    /// <summary>Removes a claim that its holder has no use for any more, if it is still the same.</summary>
    /// <returns>Whether the holder does not have the value.</returns>
    public async ValueTask<bool> ReleaseAsync(int index, string value, ClaimRecord record, bool revokes, CancellationToken cancellationToken)
    {
        if (await HoldsAsync(index, value, record, revokes, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var storage = storages.Of(value);
        await storage.Store.EvaluateAsync(ClaimScripts.Release(ClaimsOf(storage, index), value, record), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static StoreKey RevokedKey(EntityStorage<T> storage, string attempt) => KeyGrammar.Revoked(storage.Keyspace.Tag, storage.Schema.Name, attempt);

    private async ValueTask<EntityWriteReply> TryAsync(EntityStorage<T> storage, EntityOperation<T> operation, bool trustsMemo, CancellationToken cancellationToken)
    {
        var own = ClaimRecord.Of(operation.Token, ClaimRecord.NewAttempt());
        var begin = options.TimeProvider.GetTimestamp();

        var wanted = WantedOf(operation);
        var asked = wanted;
        var remembering = storage.Store.SendAsync(Hashes.Get(storage.Keys.Memo(operation.Token), operation.Token), cancellationToken).AsTask();
        if (operation.Kind != WriteKind.Insert)
        {
            // Before anything is claimed: what the entity has now, and still has when it is written, needs no claim.
            var known = (await remembering.ConfigureAwait(false)).AsText();
            asked = trustsMemo ? [.. wanted.Except(FormerOf(storage.Schema.Shape, known))] : wanted;
        }

        var outcomes = await Task.WhenAll(asked.Select(claim => ClaimAsync(claim.Index, claim.Value, own, options.ClaimPatience, cancellationToken).AsTask())).ConfigureAwait(false);
        var claimed = asked.Where((_, i) => outcomes[i] == ClaimOutcome.Claimed).ToList();
        if (Array.IndexOf(outcomes, ClaimOutcome.Refused) is var refused and >= 0)
        {
            await GiveUpAsync(claimed, own, cancellationToken).ConfigureAwait(false);
            await RequireAsync(storage, operation, cancellationToken).ConfigureAwait(false);
            throw new DuplicateValueException(storage.Schema.Name, storage.Schema.Indexes[asked[refused].Index].Name);
        }

        var keeps = claimed.Count < wanted.Count;
        if (options.TimeProvider.GetElapsedTime(begin) > GreatestAge || (keeps && operation.Kind == WriteKind.Insert))
        {
            // Too old; or what is to be inserted has a value already, and so exists.
            await GiveUpAsync(claimed, own, cancellationToken).ConfigureAwait(false);
            return new EntityWriteReply(keeps && operation.Kind == WriteKind.Insert ? EntityWriteReply.Exists : EntityWriteReply.Revoked, 0, 0, []);
        }

        if (operation.Kind == WriteKind.Upsert)
        {
            // What it keeps it has only while it exists. Other writes that keep anything demand that by themselves.
            operation.MustExist = keeps;
        }

        var memo = (await remembering.ConfigureAwait(false)).AsText();
        operation.ExpectedMemo = memo is null ? "-" : "=" + memo;
        operation.Guard = RevokedKey(storage, own.Attempt);
        var former = FormerOf(storage.Schema.Shape, memo).Except(wanted).ToList();
        var reading = former.ConvertAll(claim => FindAsync(claim.Index, claim.Value, cancellationToken).AsTask());
        EntityWriteReply reply;
        try
        {
            reply = await EntityCommit.TryAsync(storage.Store, operation, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException error) when (error is WrongTypeException or MemoryLimitException or ReadOnlyServerException or ServerUnavailableException or AccessDeniedException)
        {
            // Nothing was written, for certain.
            await GiveUpAsync(claimed, own, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (reply.IsRefused)
        {
            await ((Task)Task.WhenAll(reading)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await GiveUpAsync(claimed, own, cancellationToken).ConfigureAwait(false);
            return reply;
        }

        // The entity is written. What fails now is left to whoever meets the claim next.
        operation.Applied(reply.Versions[0]);
        await Task.WhenAll(former.Select(async (claim, i) =>
        {
            if (await reading[i].ConfigureAwait(false) is { } record && record.Holder == operation.Token)
            {
                await ReleaseAsync(claim.Index, claim.Value, record, revokes: true, cancellationToken).ConfigureAwait(false);
            }
        })).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return reply;
    }

    // What a write would be refused for by its own partition comes first, as it does in one keyspace.
    private static ValueTask RequireAsync(EntityStorage<T> storage, EntityOperation<T> operation, CancellationToken cancellationToken) => operation.Kind switch
    {
        WriteKind.Insert => EntityCommit.SendAsync(storage.Store, new EntityRequire<T>(storage, WriteKind.RequireAbsent, operation.Token), cancellationToken),
        WriteKind.Update or WriteKind.Rewrite => EntityCommit.SendAsync(
            storage.Store, new EntityRequire<T>(storage, WriteKind.Require, operation.Token) { MustExist = true, Expected = operation.Expected }, cancellationToken),
        _ => default,
    };

    // This attempt is over, so that nothing has to be revoked. Where the entity has the value anyway the claim stays. What is
    // refused is refused whether this succeeds or not.
    private async ValueTask GiveUpAsync(IEnumerable<(int Index, string Value)> claims, ClaimRecord own, CancellationToken cancellationToken) =>
        await ((Task)Task.WhenAll(claims.Select(claim => ReleaseAsync(claim.Index, claim.Value, own, revokes: false, cancellationToken).AsTask())))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static List<(int Index, string Value)> WantedOf(EntityOperation<T> operation)
    {
        var shape = operation.Shape;
        var entries = new StoreValue[shape.IndexCount];
        if (operation.Kind != WriteKind.Delete)
        {
            operation.FillEntries(entries);
        }

        return [.. Enumerable.Range(0, shape.Uniques.Count).Select(i => (i, entries[i].AsText() ?? "")).Where(claim => claim.Item2.Length > 0)];
    }

    // Of a memo of other code nothing is known; what such an entity claimed is found by whoever meets it, or by a repair.
    private static IEnumerable<(int Index, string Value)> FormerOf(EntityShape shape, string? memo) =>
        memo is not null && Memo.TryParse(memo, out var parsed) && parsed.Value.Stamp == shape.Stamp && parsed.Value.Segments.Length >= shape.Uniques.Count
            ? Enumerable.Range(0, shape.Uniques.Count).Select(i => (i, parsed.Value.Segments[i])).Where(claim => claim.Item2.Length > 0)
            : [];
}
