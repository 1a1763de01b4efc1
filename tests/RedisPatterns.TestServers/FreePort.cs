using System.Net;
using System.Net.Sockets;

namespace RedisPatterns.TestServers;

internal static class FreePort
{
    /// <summary>
    /// A loopback port that nothing listens on, below the range that the system hands to outgoing connections,
    /// so that no client takes it before the server does.
    /// </summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: draw again.
            }
        }

        throw new TestServerUnavailableException("No free loopback port between 15000 and 32000.");
    }
}
