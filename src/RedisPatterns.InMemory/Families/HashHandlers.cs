namespace RedisPatterns.InMemory;

/// <summary>Hashes.</summary>
internal static class HashHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
