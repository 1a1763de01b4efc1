namespace RedisPatterns.TestServers;

/// <summary>A command that passed a <see cref="RoundTripProxy"/>.</summary>
/// <param name="Name">In capitals, with its subcommand where it has one: <c>GET</c>, <c>SCRIPT LOAD</c>.</param>
/// <param name="Bytes">Its length on the wire.</param>
/// <param name="Connection">The number of the connection it came on.</param>
/// <param name="RoundTrip">The number of the burst it came in, on that connection.</param>
public sealed record ProxiedCommand(string Name, long Bytes, int Connection, int RoundTrip)
{
    private static readonly HashSet<string> Containers =
        ["ACL", "CLIENT", "CLUSTER", "COMMAND", "CONFIG", "DEBUG", "FUNCTION", "MEMORY", "OBJECT", "PUBSUB", "SCRIPT", "XGROUP", "XINFO"];

    private static readonly HashSet<string> DriverTalk =
        ["AUTH", "CLIENT", "CLUSTER", "CONFIG", "ECHO", "HELLO", "INFO", "PING", "SENTINEL"];

    /// <summary>Whether drivers send it on their own account: heartbeats, handshakes, looking at the server.</summary>
    public bool IsDriverTalk => DriverTalk.Contains(Name.Split(' ')[0]);

    internal static string NameOf(RespValue request)
    {
        var words = request.Type == '*' ? [request.First, request.Second] : request.First.Split(' ', 3);
        var name = words[0].ToUpperInvariant();
        return words.Length > 1 && Containers.Contains(name) ? $"{name} {words[1].ToUpperInvariant()}" : name;
    }
}
