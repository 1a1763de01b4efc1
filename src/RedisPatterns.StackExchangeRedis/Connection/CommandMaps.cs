using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Connection;

/// <summary>Changes to what the driver may send.</summary>
internal static class CommandMaps
{
    /// <summary>
    /// The configuration's command map without SELECT. The driver sends one along with every command that it does not know
    /// and with every transaction, unless there is none; on database 0 there is no need for it.
    /// </summary>
    public static CommandMap WithoutSelect(ConfigurationOptions configuration)
    {
        var map = configuration.CommandMap.ToString();
        return ConfigurationOptions.Parse(map.Length == 0 ? "$SELECT=" : map + ",$SELECT=").CommandMap;
    }
}
