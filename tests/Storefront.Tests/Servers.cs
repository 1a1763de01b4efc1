using RedisPatterns.TestServers;

namespace Storefront.Tests;

/// <summary>Starts servers, or skips the test, by name, where one can not be had.</summary>
internal static class Servers
{
    public static async Task<TestServer> StartOrSkipAsync(Func<Task<TestServer>> start)
    {
        try
        {
            return await start();
        }
        catch (TestServerUnavailableException exception)
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }
}
