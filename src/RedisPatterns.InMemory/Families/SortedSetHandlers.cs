namespace RedisPatterns.InMemory;

/// <summary>Sorted sets.</summary>
internal static class SortedSetHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
