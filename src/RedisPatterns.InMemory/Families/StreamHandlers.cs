namespace RedisPatterns.InMemory;

/// <summary>Streams.</summary>
internal static class StreamHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
