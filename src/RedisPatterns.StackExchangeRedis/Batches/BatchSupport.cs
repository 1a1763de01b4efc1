namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>What both ways of committing a batch have in common.</summary>
internal static class BatchSupport
{
    public static void ThrowIfUnknownCommand(AtomicBatch batch, StoreCapabilities capabilities)
    {
        if (capabilities.MissingCommands.Count == 0)
        {
            return;
        }

        foreach (var reply in batch.Replies)
        {
            if (!capabilities.Supports(reply.Command))
            {
                throw Commands.CommandSender.Missing(reply.Command.Definition);
            }
        }
    }

    /// <summary>What becomes of a batch that a command stood against: errors of the server as a whole are thrown.</summary>
    public static CommitResult Refuse(int index, StoreException error) =>
        error is MemoryLimitException or ReadOnlyServerException or ServerUnavailableException or AccessDeniedException
            ? throw error
            : CommitResult.CommandFailed(index, error);

    /// <summary>The error for what should not be possible.</summary>
    public static StoreException Torn(AtomicBatch batch, int index, StoreException error)
    {
        var name = index < batch.Replies.Count ? batch.Replies[index].Command.Definition.Name : "SET";
        return new StoreException(
            $"{name}: command {index} of the batch failed although everything was checked before, and what stands before it has been written.", error);
    }

    /// <summary>Gives a batch the replies that were remembered.</summary>
    public static CommitResult Replay(AtomicBatch batch, byte[] remembered)
    {
        var replies = ReplyEncoding.Decode(remembered).Items;
        if (replies.Length != batch.Replies.Count)
        {
            throw new IdempotencyConflictException("The idempotency key was used for another batch, with another number of commands; nothing was written.");
        }

        for (var i = 0; i < replies.Length; i++)
        {
            batch.Replies[i].Complete(replies[i]);
        }

        return CommitResult.Replayed;
    }

    public static UnsupportedCommandException NeedsRollback() => new(
        "A command of the batch may fail after others have written, and the server can not take back what they wrote; nothing was written. Commit it in parts.");
}
