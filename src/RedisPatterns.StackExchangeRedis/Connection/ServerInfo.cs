namespace RedisPatterns.StackExchangeRedis.Connection;

/// <summary>What a server says of itself in <c>INFO</c>.</summary>
/// <param name="Server"><c>redis</c>, <c>valkey</c>, <c>garnet</c> or another name in lower case.</param>
/// <param name="Version">The version of Redis that it is like.</param>
/// <param name="IsCluster">Whether it is a node of a cluster.</param>
internal sealed record ServerInfo(string Server, Version Version, bool IsCluster)
{
    private static readonly Version Unknown = new(7, 0);

    public static ServerInfo Parse(string info)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in info.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line[0] != '#' && colon > 0)
            {
                fields[line[..colon]] = line[(colon + 1)..];
            }
        }

        var server = fields.TryGetValue("server_name", out var name) ? name.ToLowerInvariant()
            : fields.ContainsKey("valkey_version") ? "valkey"
            : fields.ContainsKey("garnet_version") ? "garnet"
            : "redis";
        var version = fields.TryGetValue("redis_version", out var text) && Version.TryParse(text, out var parsed) ? parsed : Unknown;
        return new ServerInfo(server, version, fields.GetValueOrDefault("cluster_enabled") == "1");
    }
}
