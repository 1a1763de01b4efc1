namespace RedisPatterns.InMemory;

/// <summary>Channels.</summary>
internal static class ChannelHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
