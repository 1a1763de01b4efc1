using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Sends writes of entities as one script call.</summary>
internal static class EntityCommit
{
    /// <summary>How often a write is tried that what is stored keeps changing under.</summary>
    public const int MaximumAttempts = 16;


    /// <summary>Commits one operation.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask SendAsync(IKeyValueStore store, EntityOperation operation, CancellationToken cancellationToken)
    {
        var announcement = operation.Announcement;
        if (!operation.NeedsPreparation && operation.PlainCommand() is { } command)
        {
            var written = operation.ReadPlain(await SendPlainAsync(store, operation, announcement, command, cancellationToken).ConfigureAwait(false));
            if (written is { IsRefused: true } refused)
            {
                throw operation.Refusal(refused);
            }

            if (written is { } done)
            {
                operation.Applied(done.Versions[0]);
                return;
            }
        }

        else if (announcement is not null)
        {
            await AnnounceAsync(store, operation, announcement, cancellationToken).ConfigureAwait(false);
        }

        if (operation.NeedsPreparation || !store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys))
        {
            await SendAsync(store, [operation], cancellationToken).ConfigureAwait(false);
            return;
        }

        var call = operation.SingleCall() ?? Compose([operation], null);
        var reply = await store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        if (!reply.IsRefused)
        {
            operation.Applied(reply.Versions[0]);
        }
        else if ((reply.Refusal == EntityWriteReply.NeedsEntity && operation.FallBack()) || operation.Adapt(reply.Refusal))
        {
            await SendAsync(store, [operation], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            throw operation.Refusal(reply);
        }
    }

    // In this order: an announcement without an entity does no harm.
    private static async ValueTask<bool> SendPlainAsync(IKeyValueStore store, EntityOperation operation, StoreCommand<bool>? announcement, StoreCommand<bool> command, CancellationToken cancellationToken)
    {
        if (announcement is null)
        {
            return await store.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }

        var pipeline = new StorePipeline();
        pipeline.Add(announcement);
        var written = pipeline.Add(command);
        await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        operation.Announced();
        return written.Value;
    }

    private static async ValueTask AnnounceAsync(IKeyValueStore store, EntityOperation operation, StoreCommand<bool> announcement, CancellationToken cancellationToken)
    {
        await store.SendAsync(announcement, cancellationToken).ConfigureAwait(false);
        operation.Announced();
    }

    /// <summary>Commits one operation that is of no use when what is stored has changed.</summary>
    public static ValueTask SendOnceAsync(IKeyValueStore store, EntityOperation operation, CancellationToken cancellationToken) =>
        SendAsync(store, [operation], maximumAttempts: 1, cancellationToken);

    /// <summary>Sends one operation that is prepared, once.</summary>
    public static async ValueTask<EntityWriteReply> TryAsync(IKeyValueStore store, EntityOperation operation, CancellationToken cancellationToken)
    {
        var extra = store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys) ? null : await DeclareAsync(store, [operation], cancellationToken).ConfigureAwait(false);
        return await store.EvaluateAsync(Compose([operation], extra), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits several operations, all or none.</summary>
    public static ValueTask SendAsync(IKeyValueStore store, IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken) =>
        SendAsync(store, operations, MaximumAttempts, cancellationToken);

    /// <summary>Commits several operations, all or none, and once only.</summary>
    public static async ValueTask SendAsync(IKeyValueStore store, IReadOnlyList<EntityOperation> operations, CommitMemory memory, CancellationToken cancellationToken)
    {
        // What reads or writes ahead must not do so for what has been done: the entity may be gone.
        if (operations.Any(operation => operation.NeedsPreparation)
            && (await store.SendAsync(Strings.Get(memory.Key), cancellationToken).ConfigureAwait(false)) is { IsNull: false } kept)
        {
            Finish(operations, EntityWriteReply.Read(ReplyEncoding.Decode(kept.AsMemory())));
            return;
        }

        await SendAsync(store, operations, MaximumAttempts, cancellationToken, memory).ConfigureAwait(false);
    }

    private static async ValueTask SendAsync(IKeyValueStore store, IReadOnlyList<EntityOperation> operations, int maximumAttempts, CancellationToken cancellationToken, CommitMemory? memory = null)
    {
        if (operations.Count == 0)
        {
            return;
        }

        foreach (var operation in operations.Count > 1 ? operations : [])
        {
            if (operation.Announcement is { } announcement)
            {
                await AnnounceAsync(store, operation, announcement, cancellationToken).ConfigureAwait(false);
            }
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await PrepareAsync(operations, cancellationToken).ConfigureAwait(false);
                var extra = store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys)
                    ? null
                    : await DeclareAsync(store, operations, cancellationToken).ConfigureAwait(false);
                var call = (extra is null && operations.Count == 1 && memory is null ? operations[0].SingleCall() : null) ?? Compose(operations, extra);
                var reply = await store.EvaluateAsync(memory?.Of(call) ?? call, cancellationToken).ConfigureAwait(false);
                var isWorthAnother = reply.Refusal switch
                {
                    EntityWriteReply.Changed => true,
                    EntityWriteReply.NeedsEntity => operations[reply.Operation].FallBack(),
                    _ => reply.IsRefused && operations[reply.Operation].Adapt(reply.Refusal),
                };
                if (!isWorthAnother || attempt == maximumAttempts)
                {
                    Finish(operations, reply);
                    return;
                }
            }
        }
        catch (StoreException error) when (error is EntityException or WrongTypeException or MemoryLimitException or LeaseLostException)
        {
            // Refused for certain: what was written ahead is of no use to anybody.
            foreach (var operation in operations)
            {
                await operation.DiscardAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    // What is read or written ahead; one that reads does so before each attempt.
    private static async ValueTask PrepareAsync(IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken)
    {
        if (operations.Count == 1)
        {
            if (operations[0].NeedsPreparation)
            {
                await operations[0].PrepareAsync(cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        var preparations = operations.Select(operation => operation.NeedsPreparation ? operation.PrepareAsync(cancellationToken).AsTask() : Task.CompletedTask).ToArray();
        await Task.WhenAll(preparations).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Of several that are refused it is the first one, whichever came back first.
        for (var i = 0; i < preparations.Length; i++)
        {
            try
            {
                await preparations[i].ConfigureAwait(false);
            }
            catch (EntityException refusal)
            {
                throw refusal.At(i);
            }
        }
    }

    // Where a script may touch only the keys it declares, those that the entity leaves must be known before: the memo and the
    // entity's own key are read first, and the script goes on only if the memo is still the same.
    private static async ValueTask<HashSet<StoreKey>> DeclareAsync(IKeyValueStore store, IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var memos = operations.Select(operation => operation.Writes && operation.Shape.HasMemo ? pipeline.Add(Hashes.Get(operation.Keys.Memo(operation.Token), operation.Token)) : null).ToArray();
        var stored = operations
            .Select(operation => operation.Writes && operation.Shape.Layout is LayoutKind.Attributes or LayoutKind.Chunked ? pipeline.Add(Strings.Get(operation.Keys.Entity(operation.Token))) : null)
            .ToArray();
        if (pipeline.Count > 0)
        {
            await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }

        var extra = new HashSet<StoreKey>();
        var written = new HashSet<StoreKey>();
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            var key = operation.Keys.Entity(operation.Token);
            extra.UnionWith(operation.ExtraKeys);
            if (stored[i] is { } own)
            {
                extra.UnionWith(LayoutKeys.OfStored(operation.Shape.Layout, key, own.Value));
            }

            if (memos[i] is { } read)
            {
                var memo = read.Value.AsText();

                // The second write of one entity in one commit finds the memo that the first has left.
                // A guarded one has read it before.
                operation.ExpectedMemo = !operation.Guard.IsNull ? operation.ExpectedMemo : !written.Add(key) ? "" : memo is null ? "-" : "=" + memo;
                EntityTagKeys.Collect(operation, memo, extra);
                extra.Add(operation.Keys.Pending);
            }
        }

        return extra;
    }

    private static ScriptCall<EntityWriteReply> Compose(IReadOnlyList<EntityOperation> operations, HashSet<StoreKey>? extraKeys)
    {
        var shapes = new List<EntityShape>(1);
        var keyCount = extraKeys?.Count ?? 0;
        var parts = operations.Count > 1 ? ScriptParts.Several : ScriptParts.None;
        foreach (var operation in operations)
        {
            keyCount += operation.Shape.KeyCount;
            parts |= operation.Parts;
            parts |= operation.Shape.IsSwept && extraKeys is null ? ScriptParts.Sweep : ScriptParts.None;
            if (!shapes.Contains(operation.Shape))
            {
                shapes.Add(operation.Shape);
            }
        }

        if (parts.HasFlag(ScriptParts.Guard))
        {
            keyCount++;
        }

        var fences = parts.HasFlag(ScriptParts.Fence) ? FencesOf(operations) : [];
        keyCount += fences.Count;

        var keys = new StoreKey[keyCount];
        var arguments = new List<StoreValue>(32) { operations.Count };
        var key = 0;
        foreach (var operation in operations)
        {
            operation.FillKeys(keys.AsSpan(key, operation.Shape.KeyCount));
            operation.AddArguments(arguments, shapes.IndexOf(operation.Shape) + 1);
            key += operation.Shape.KeyCount;
        }

        extraKeys?.CopyTo(keys, key);
        if (parts.HasFlag(ScriptParts.Guard))
        {
            keys[^1] = operations[0].Guard;
        }

        for (var i = 0; i < fences.Count; i++)
        {
            keys[keys.Length - fences.Count + i] = fences[i].Key;
            arguments.Add(fences[i].Argument);
        }

        if (fences.Count > 0)
        {
            arguments.Add(fences.Count);
        }

        return EntityScript.For(shapes, parts).With(keys, [.. arguments]);
    }

    // The leases that operations demand, once each.
    private static List<LeaseFence> FencesOf(IReadOnlyList<EntityOperation> operations) => [.. operations.Select(operation => operation.Fence).OfType<LeaseFence>().Distinct()];

    private static void Finish(IReadOnlyList<EntityOperation> operations, EntityWriteReply reply)
    {
        if (reply.Refusal == EntityWriteReply.LeaseLost)
        {
            throw new LeaseLostException(FencesOf(operations)[(int)reply.Detail].Lock);
        }

        if (reply.IsRefused)
        {
            throw operations[reply.Operation].Refusal(reply);
        }

        if (reply.Versions.Length != operations.Count)
        {
            throw new IdempotencyConflictException("The id was used for another change, with another number of writes; nothing was written.");
        }

        for (var i = 0; i < operations.Count; i++)
        {
            operations[i].Applied(reply.Versions[i]);
        }
    }
}
