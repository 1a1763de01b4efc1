namespace RedisPatterns.TestServers;

/// <summary>How a server of our own is started.</summary>
public sealed record TestServerOptions
{
    /// <summary>Arguments after ours, so that they win: <c>"--maxmemory", "8mb"</c>. Default: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long the server may take until it answers. Default: 30 seconds.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
