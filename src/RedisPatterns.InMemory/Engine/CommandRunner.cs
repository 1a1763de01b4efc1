using System.Collections.Frozen;

namespace RedisPatterns.InMemory;

/// <summary>Runs commands, batches and scripts on a database. Used under the store's lock.</summary>
internal sealed class CommandRunner(CommandContext context)
{
    private readonly FrozenDictionary<string, CommandHandler> _handlers = HandlerTable.All;

    /// <summary>Carries out one command.</summary>
    /// <exception cref="StoreException">It failed.</exception>
    public StoreReply Execute(StoreCommand command)
    {
        var name = command.Definition.Name;
        context.CommandName = name;
        return _handlers.TryGetValue(name, out var handler)
            ? handler(context, command)
            : throw new UnsupportedCommandException($"{name}: the in-memory store does not know the command.");
    }

    /// <summary>Carries out a batch: its conditions, then all its commands or none.</summary>
    /// <param name="batch">The batch; its keys share a slot.</param>
    /// <param name="replies">The commands' replies, when it is committed.</param>
    public CommitResult Commit(AtomicBatch batch, out ReadOnlySpan<StoreReply> replies)
    {
        if (TryRecall(batch, out replies))
        {
            return CommitResult.Replayed;
        }

        if (ConditionCheck.FindObstacle(this, context, batch.Conditions) is { } obstacle)
        {
            return obstacle;
        }

        var mark = context.Database.Journal.Begin();
        var done = new StoreReply[batch.Replies.Count];
        var index = 0;
        try
        {
            for (; index < done.Length; index++)
            {
                done[index] = Execute(batch.Replies[index].Command);
            }

            Remember(batch, done);
        }
        catch (Exception exception)
        {
            context.Rollback(mark);
            if (exception is StoreException error)
            {
                return CommitResult.CommandFailed(index, error);
            }

            throw;
        }

        context.Commit();
        replies = done;
        return CommitResult.Committed;
    }

    /// <summary>Runs the twin of a script; what it wrote is undone when it throws or answers with an error.</summary>
    public StoreReply Evaluate(ScriptCall call)
    {
        var twin = call.Script.Twin ?? throw new UnsupportedCommandException($"{call.Script.Name}: the script has no twin to run in memory.");
        var mark = context.Database.Journal.Begin();
        try
        {
            var reply = twin(new ScriptRun(this, context, call, mark));
            if (reply.Error is { } error)
            {
                throw error;
            }

            context.Commit();
            return reply;
        }
        catch
        {
            context.Rollback(mark);
            throw;
        }
    }

    private bool TryRecall(AtomicBatch batch, out ReadOnlySpan<StoreReply> replies)
    {
        replies = default;
        context.CommandName = "The idempotency key";
        if (batch.IdempotencyKey.IsNull || context.Get<StringData>(batch.IdempotencyKey) is not { } remembered)
        {
            return false;
        }

        replies = ReplyEncoding.Decode(remembered.Value.AsMemory()).Items;
        return replies.Length == batch.Replies.Count
            ? true
            : throw new IdempotencyConflictException("The idempotency key was used for another batch, with another number of commands; nothing was written.");
    }

    private void Remember(AtomicBatch batch, StoreReply[] replies)
    {
        if (batch.IdempotencyKey.IsNull)
        {
            return;
        }

        var lifetime = batch.IdempotencyLifetime.Ticks / TimeSpan.TicksPerMillisecond;
        var data = new StringData(context.Database.Journal, ReplyEncoding.Encode(StoreReply.Array(replies)));
        context.Database.Put(batch.IdempotencyKey, data, context.Now + lifetime);
    }
}
