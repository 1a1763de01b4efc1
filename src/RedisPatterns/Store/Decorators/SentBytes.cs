namespace RedisPatterns;

/// <summary>How many bytes of names and arguments a call sends; an estimate, without the protocol's framing.</summary>
internal static class SentBytes
{
    public static long Of(StoreCommand command)
    {
        long bytes = command.Definition.Name.Length;
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            bytes += command[i].GetByteCount();
        }

        return bytes;
    }

    public static long Of(IReadOnlyList<PendingReply> replies)
    {
        long bytes = 0;
        for (var i = 0; i < replies.Count; i++)
        {
            bytes += Of(replies[i].Command);
        }

        return bytes;
    }

    public static long Of(AtomicBatch batch)
    {
        var bytes = Of(batch.Replies);
        foreach (var condition in batch.Conditions)
        {
            bytes += (condition.Read is null ? Of(condition.Key) : Of(condition.Read)) + condition.Subject.GetByteCount() + condition.Operand.GetByteCount();
        }

        return bytes;
    }

    public static long Of(ScriptCall call)
    {
        long bytes = call.Script.Digest.Length;
        foreach (var key in call.Keys)
        {
            bytes += Of(key);
        }

        foreach (var argument in call.Arguments)
        {
            bytes += argument.GetByteCount();
        }

        return bytes;
    }

    private static int Of(StoreKey key) => StoreValue.FromKey(key).GetByteCount();
}
