namespace RedisPatterns.InMemory;

/// <summary>Sets.</summary>
internal static class SetHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
