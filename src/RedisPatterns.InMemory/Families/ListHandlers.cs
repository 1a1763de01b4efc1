namespace RedisPatterns.InMemory;

/// <summary>Lists.</summary>
internal static class ListHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
