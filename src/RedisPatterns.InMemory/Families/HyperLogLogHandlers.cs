namespace RedisPatterns.InMemory;

/// <summary>HyperLogLogs.</summary>
internal static class HyperLogLogHandlers
{
    public static void Register(HandlerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
    }
}
