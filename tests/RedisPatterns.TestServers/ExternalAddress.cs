using System.Globalization;
using System.Net;

namespace RedisPatterns.TestServers;

/// <summary>An address in the syntax of StackExchange.Redis: <c>host:port,host:port,password=…</c>.</summary>
internal static class ExternalAddress
{
    public const string Variable = "REDISPATTERNS_REDIS";
    private const int DefaultPort = 6379;

    public static string? FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : null;

    public static IReadOnlyList<EndPoint> Parse(string connectionString) =>
        [.. Parts(connectionString).Where(part => !part.Contains('=', StringComparison.Ordinal)).Select(ParseEndpoint)];

    public static async Task AuthenticateAsync(RespClient client, string connectionString)
    {
        if (Option(connectionString, "password") is not { } password) return;
        await client.TextAsync(Option(connectionString, "user") is { } user ? ["AUTH", user, password] : ["AUTH", password]);
    }

    private static EndPoint ParseEndpoint(string text)
    {
        if (IPEndPoint.TryParse(text, out var endpoint))
            return endpoint.Port == 0 ? new IPEndPoint(endpoint.Address, DefaultPort) : endpoint;
        var parts = text.Split(':', 2);
        return new DnsEndPoint(parts[0], parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : DefaultPort);
    }

    private static string? Option(string connectionString, string name) =>
        Parts(connectionString)
            .Where(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
            .Select(part => part[(name.Length + 1)..])
            .FirstOrDefault();

    private static string[] Parts(string connectionString) =>
        connectionString.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
