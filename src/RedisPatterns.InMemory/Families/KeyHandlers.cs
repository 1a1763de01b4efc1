namespace RedisPatterns.InMemory;

/// <summary>Commands on keys whatever they hold.</summary>
internal static class KeyHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
