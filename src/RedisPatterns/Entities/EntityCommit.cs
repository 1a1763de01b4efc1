using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Sends writes of entities as one script call.</summary>
internal static class EntityCommit
{
    private const int MaximumAttempts = 16;

    /// <summary>Commits one operation.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask SendAsync(IKeyValueStore store, EntityOperation operation, CancellationToken cancellationToken)
    {
        if (!store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys))
        {
            await SendDeclaredAsync(store, [operation], cancellationToken).ConfigureAwait(false);
            return;
        }

        var call = operation.SingleCall() ?? Compose([operation], []);
        var reply = await store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        if (reply.IsRefused)
        {
            throw operation.Refusal(reply);
        }

        operation.Applied(reply.Versions[0]);
    }

    /// <summary>Commits several operations, all or none.</summary>
    public static async ValueTask SendAsync(IKeyValueStore store, IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken)
    {
        if (operations.Count == 0)
        {
            return;
        }

        if (!store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys))
        {
            await SendDeclaredAsync(store, operations, cancellationToken).ConfigureAwait(false);
            return;
        }

        var reply = await store.EvaluateAsync(Compose(operations, []), cancellationToken).ConfigureAwait(false);
        Finish(operations, reply);
    }

    // Where a script may touch only the keys it declares, the tag sets that an entity leaves must be known before: the memo
    // is read first, and the script goes on only if it is still the same.
    private static async ValueTask SendDeclaredAsync(IKeyValueStore store, IReadOnlyList<EntityOperation> operations, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pipeline = new StorePipeline();
            var memos = operations.Select(operation => pipeline.Add(Hashes.Get(operation.Keys.Memo(operation.Token), operation.Token))).ToArray();
            await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            var extra = new HashSet<StoreKey>();
            var written = new HashSet<StoreKey>();
            for (var i = 0; i < operations.Count; i++)
            {
                var operation = operations[i];
                var memo = memos[i].Value.AsText();

                // The second write of one entity in one commit finds the memo that the first has left.
                operation.ExpectedMemo = !written.Add(operation.Keys.Entity(operation.Token)) ? "" : memo is null ? "-" : "=" + memo;
                EntityTagKeys.Collect(operation, memo, extra);
            }

            var reply = await store.EvaluateAsync(Compose(operations, extra), cancellationToken).ConfigureAwait(false);
            if (reply.Refusal != EntityWriteReply.MemoChanged || attempt == MaximumAttempts)
            {
                Finish(operations, reply);
                return;
            }
        }
    }

    private static ScriptCall<EntityWriteReply> Compose(IReadOnlyList<EntityOperation> operations, HashSet<StoreKey> extraKeys)
    {
        var shapes = new List<EntityShape>();
        foreach (var operation in operations)
        {
            if (!shapes.Contains(operation.Shape))
            {
                shapes.Add(operation.Shape);
            }
        }

        var keys = new StoreKey[operations.Sum(operation => operation.Shape.KeyCount) + extraKeys.Count];
        var arguments = new StoreValue[1 + operations.Sum(operation => operation.Shape.ArgumentCount)];
        arguments[0] = operations.Count;
        var (key, argument) = (0, 1);
        foreach (var operation in operations)
        {
            operation.FillKeys(keys.AsSpan(key, operation.Shape.KeyCount));
            operation.FillArguments(arguments.AsSpan(argument, operation.Shape.ArgumentCount), shapes.IndexOf(operation.Shape) + 1);
            key += operation.Shape.KeyCount;
            argument += operation.Shape.ArgumentCount;
        }

        foreach (var extraKey in extraKeys)
        {
            keys[key++] = extraKey;
        }

        return EntityScript.For(shapes).With(keys, arguments);
    }

    private static void Finish(IReadOnlyList<EntityOperation> operations, EntityWriteReply reply)
    {
        if (reply.IsRefused)
        {
            throw operations[reply.Operation].Refusal(reply);
        }

        for (var i = 0; i < operations.Count; i++)
        {
            operations[i].Applied(reply.Versions[i]);
        }
    }
}
