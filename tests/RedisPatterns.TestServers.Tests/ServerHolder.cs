using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RedisPatterns.TestServers.Tests;

/// <summary>Turns this assembly into a program that starts a server, tells its id and holds it until it is killed itself.</summary>
internal static class ServerHolder
{
    public const string Switch = "REDISPATTERNS_HOLD_A_SERVER";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The entry point belongs to the test framework.")]
    internal static void HoldWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null) return;
        var server = TestServer.StartRedisAsync().GetAwaiter().GetResult();
        Console.WriteLine(server.ProcessIds[0]);
        new ManualResetEvent(false).WaitOne();
    }
}
