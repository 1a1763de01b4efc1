namespace RedisPatterns.InMemory;

/// <summary>Channels.</summary>
internal static class ChannelHandlers
{
    public static void Register(HandlerTable table) => table.Add("PUBLISH", Publish);

    private static StoreReply Publish(CommandContext context, StoreCommand command)
    {
        var message = new StoreMessage(command.Value(0), command.Value(1));
        var listeners = context.Channels.GetListeners(message.Channel);
        foreach (var listener in listeners)
        {
            context.Deliver(listener, message);
        }

        return StoreReply.Integer(listeners.Count);
    }
}
