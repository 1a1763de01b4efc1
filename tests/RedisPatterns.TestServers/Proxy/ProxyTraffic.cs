namespace RedisPatterns.TestServers;

/// <summary>What reached the server, the driver's own talk left out.</summary>
public sealed class ProxyTraffic
{
    internal ProxyTraffic(IEnumerable<ProxiedCommand> commands) => Commands = [.. commands];

    /// <summary>The commands in the order in which they came.</summary>
    public IReadOnlyList<ProxiedCommand> Commands { get; }

    /// <summary>The names of the commands, in order.</summary>
    public IReadOnlyList<string> Names => [.. Commands.Select(command => command.Name)];

    /// <summary>How many times somebody had to wait for the server: bursts of commands sent without seeing a reply in between.</summary>
    public int RoundTrips => Commands.Select(command => (command.Connection, command.RoundTrip)).Distinct().Count();

    /// <summary>The length of all commands on the wire.</summary>
    public long Bytes => Commands.Sum(command => command.Bytes);

    /// <summary>For the message of a failed assertion.</summary>
    public override string ToString() => $"{RoundTrips} round trips: {string.Join(", ", Names)}";
}
