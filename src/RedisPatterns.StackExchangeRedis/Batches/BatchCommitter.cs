using RedisPatterns.StackExchangeRedis.Commands;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using RedisPatterns.StackExchangeRedis.Scripts;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>Commits batches by one run of <see cref="BatchScript"/>, or one call of <see cref="BatchFunctions"/>.</summary>
internal sealed class BatchCommitter(RedisConnection connection, ScriptRunner scripts)
{
    private readonly bool _canRollBack = connection.Capabilities.Has(StoreFeatures.Dump);
    private readonly BatchFunctions? _functions = connection.Options.BatchesAsFunctions ? BatchFunctions.Instance : null;

    public async ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken)
    {
        BatchSupport.ThrowIfUnknownCommand(batch, connection.Capabilities);
        var plan = BatchPlan.Create(batch);
        if (plan.NeedsRollback && !_canRollBack)
        {
            throw BatchSupport.NeedsRollback();
        }

        var request = BatchRequest.Create(batch, plan, connection.Capabilities);
        if (request.Keys.Length == 0)
        {
            return CommitResult.Committed;
        }

        var script = _functions?.For(batch) ?? BatchScript.Instance;
        try
        {
            var result = await scripts.RunAsync(script, request.Keys, request.Arguments, cancellationToken).ConfigureAwait(false);
            return Read(batch, result);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.TranslateScript(exception, script);
        }
    }

    private static CommitResult Read(AtomicBatch batch, RedisResult result)
    {
        switch ((string?)result[0])
        {
            case "k":
                for (var i = 0; i < batch.Replies.Count; i++)
                {
                    var pending = batch.Replies[i];
                    var reply = DriverReplies.Convert(result[i + 1], pending.Command.Definition.Name);
                    pending.Complete(ExactIntegers.Restore(pending.Command, reply));
                }

                return CommitResult.Committed;
            case "r":
                return BatchSupport.Replay(batch, (byte[])result[1]!);
            case "c":
                return CommitResult.ConditionFailed((int)result[1], result[2].IsNull ? null : StoreErrors.FromServer((string)result[2]!, "A condition"));
            case "x":
                return BatchSupport.Refuse((int)result[1], ErrorAt(batch, result));
            case "w":
                throw StoreErrors.FromServer((string)result[1]!, BatchScript.Instance.Name);
            case "u":
                throw BatchSupport.NeedsRollback();
            default:
                throw BatchSupport.Torn(batch, (int)result[1], ErrorAt(batch, result));
        }
    }

    private static StoreException ErrorAt(AtomicBatch batch, RedisResult result)
    {
        var index = (int)result[1];
        return StoreErrors.FromServer((string)result[2]!, index < batch.Replies.Count ? batch.Replies[index].Command.Definition.Name : BatchScript.Instance.Name);
    }
}
