namespace RedisPatterns.InMemory;

/// <summary>Geo indexes.</summary>
internal static class GeoHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
