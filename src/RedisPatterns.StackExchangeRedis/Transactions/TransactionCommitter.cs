using RedisPatterns.StackExchangeRedis.Batches;
using RedisPatterns.StackExchangeRedis.Commands;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>
/// Commits batches where there are no scripts: reads what the batch depends on, decides, and lets WATCH/MULTI/EXEC write if
/// that is still so. When others have written in between, it begins again.
/// </summary>
internal sealed class TransactionCommitter(RedisConnection connection)
{
    private const int LongestPauseExponent = 6;

    private readonly CommitMemory _memory = new(connection);

    public async ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken)
    {
        BatchSupport.ThrowIfUnknownCommand(batch, connection.Capabilities);
        if (batch.GetKeys().Count == 0)
        {
            return CommitResult.Committed;
        }

        var plan = BatchPlan.Create(batch);
        ThrowIfItTakesAScript(batch, plan);
        for (var attempt = 1; attempt <= connection.Options.TransactionAttempts; attempt++)
        {
            if (attempt > 1)
            {
                await PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
            }

            if (await TryAsync(batch, plan, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        if (!batch.IdempotencyKey.IsNull && await _memory.IsPendingAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException("The batch was committed before, but its replies were lost; nothing was written now.");
        }

        throw new ServerUnavailableException(
            $"The batch was tried {connection.Options.TransactionAttempts} times, and each time others changed what it depends on; nothing was written.");
    }

    // A transaction does not stop at a command that fails.
    private static void ThrowIfItTakesAScript(AtomicBatch batch, BatchPlan plan)
    {
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (!plan.Steps[i].IsCertain && plan.Steps.Count > 1)
            {
                throw BatchSupport.NeedsRollback();
            }
        }
    }

    private async Task<CommitResult?> TryAsync(AtomicBatch batch, BatchPlan plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var pins = new List<Condition>();
            if (!batch.IdempotencyKey.IsNull)
            {
                switch (await _memory.LookAsync(batch, pins, cancellationToken).ConfigureAwait(false))
                {
                    case CommitMemory.State.Remembered:
                        return CommitResult.Replayed;
                    case CommitMemory.State.Pending:
                        return null;
                    default:
                        break;
                }
            }

            return await FindObstacleAsync(batch, plan, pins, cancellationToken).ConfigureAwait(false)
                ?? await ApplyAsync(batch, pins, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("EXECABORT", StringComparison.Ordinal))
        {
            throw connection.Translate(await CauseAsync(batch, exception).ConfigureAwait(false), "The batch");
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, "The batch");
        }
    }

    // The reads are a transaction too, so that they see one moment.
    private async Task<CommitResult?> FindObstacleAsync(AtomicBatch batch, BatchPlan plan, List<Condition> pins, CancellationToken cancellationToken)
    {
        if (batch.Conditions.Count == 0 && plan.Prechecks.Count == 0)
        {
            return null;
        }

        var reading = connection.Database.CreateTransaction();
        var conditions = new List<ConditionLook>();
        foreach (var condition in batch.Conditions)
        {
            conditions.Add(new ConditionLook(condition, reading));
        }

        var prechecks = new List<PrecheckLook>();
        foreach (var precheck in plan.Prechecks)
        {
            prechecks.Add(new PrecheckLook(precheck, isAlone: plan.Steps.Count == 1, batch.Replies[precheck.CommandIndex].Command.Definition.Name, reading));
        }

        await reading.ExecuteAsync(RedisConnection.WriteFlags).WaitAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < conditions.Count; i++)
        {
            var finding = await conditions[i].FindAsync().ConfigureAwait(false);
            if (!finding.Holds)
            {
                return CommitResult.ConditionFailed(i, finding.Error);
            }

            pins.AddRange(finding.Pins);
        }

        foreach (var look in prechecks)
        {
            var finding = await look.FindAsync().ConfigureAwait(false);
            if (!finding.Holds)
            {
                return look.Precheck.IsDecisive ? CommitResult.CommandFailed(look.Precheck.CommandIndex, finding.Error!) : throw BatchSupport.NeedsRollback();
            }

            pins.AddRange(finding.Pins);
        }

        return null;
    }

    private async Task<CommitResult?> ApplyAsync(AtomicBatch batch, List<Condition> pins, CancellationToken cancellationToken)
    {
        var transaction = connection.Database.CreateTransaction();
        foreach (var pin in pins)
        {
            transaction.AddCondition(pin);
        }

        var tasks = new Task<RedisResult>[batch.Replies.Count];
        for (var i = 0; i < tasks.Length; i++)
        {
            var command = batch.Replies[i].Command;
            tasks[i] = transaction.ExecuteAsync(command.Definition.Verb, DriverCommand.Arguments(command), RedisConnection.WriteFlags);
        }

        CommitMemory.Mark(batch, transaction);
        if (!await transaction.ExecuteAsync(RedisConnection.WriteFlags).WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var replies = new StoreReply[tasks.Length];
        for (var i = 0; i < tasks.Length; i++)
        {
            var answer = await Answer.OfAsync(tasks[i], batch.Replies[i].Command.Definition.Name).ConfigureAwait(false);
            if (answer.Error is { } error)
            {
                return tasks.Length == 1 ? BatchSupport.Refuse(0, error) : throw BatchSupport.Torn(batch, i, error);
            }

            replies[i] = answer.Reply;
        }

        for (var i = 0; i < replies.Length; i++)
        {
            batch.Replies[i].Complete(replies[i]);
        }

        await _memory.StoreAsync(batch, replies).ConfigureAwait(false);
        return CommitResult.Committed;
    }

    // The server refused a command as it was queued, and so ran none of them. The driver keeps the reason to itself, so it
    // is asked for by a write that changes nothing.
    private async Task<Exception> CauseAsync(AtomicBatch batch, RedisServerException aborted)
    {
        try
        {
            await connection.Database
                .ExecuteAsync("SETRANGE", [DriverValues.ToKey(batch.GetKeys()[0]), 0, ""], RedisConnection.WriteFlags).ConfigureAwait(false);
            return aborted;
        }
        catch (RedisServerException exception) when (!exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return exception;
        }
        catch (RedisServerException)
        {
            return aborted;
        }
    }

    private Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var longest = 1 << Math.Min(attempt, LongestPauseExponent);
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * longest), connection.Options.TimeProvider, cancellationToken);
    }
}
