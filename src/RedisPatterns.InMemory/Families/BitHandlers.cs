namespace RedisPatterns.InMemory;

/// <summary>Bitmaps and bit fields.</summary>
internal static class BitHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
