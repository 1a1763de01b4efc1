namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>Integers that Lua's doubles can not hold: the script answers them as text.</summary>
internal static class ExactIntegers
{
    private const int MaximumBits = 53;

    /// <summary>How the script runs a command that may answer such an integer, or null when it can not.</summary>
    public static string? ModeOf(StoreCommand command) => command.Definition.Name switch
    {
        "INCRBY" or "HINCRBY" => "i",
        "BITFIELD" or "BITFIELD_RO" when HasWideField(command) => "b",
        _ => null,
    };

    /// <summary>The reply with those texts turned back.</summary>
    public static StoreReply Restore(StoreCommand command, StoreReply reply)
    {
        if (ModeOf(command) is null)
        {
            return reply;
        }

        if (reply.Kind != StoreReplyKind.Array)
        {
            return StoreReply.Integer(Replies.ToInt64(reply));
        }

        var items = reply.Items.ToArray();
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = items[i].IsNull ? items[i] : StoreReply.Integer(Replies.ToInt64(items[i]));
        }

        return StoreReply.Array(items);
    }

    private static bool HasWideField(StoreCommand command)
    {
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            if (command[i].AsText() is ['i' or 'u', .. var bits] && int.TryParse(bits, out var width) && width > MaximumBits)
            {
                return true;
            }
        }

        return false;
    }
}
