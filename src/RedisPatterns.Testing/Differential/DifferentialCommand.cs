namespace RedisPatterns.Testing;

/// <summary>A generated command, and how its replies are compared.</summary>
internal readonly record struct DifferentialCommand(StoreCommand Command, ReplyRule Rule)
{
    /// <summary>The same command, answered as it came.</summary>
    public StoreCommand<StoreReply> Raw()
    {
        var arguments = new StoreValue[Command.ArgumentCount];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Command[i];
        }

        return new(Command.Definition, Replies.Raw, arguments);
    }

    public override string ToString() => CommandText.Of(Command);
}
