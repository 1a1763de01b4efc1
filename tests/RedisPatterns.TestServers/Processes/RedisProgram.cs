namespace RedisPatterns.TestServers;

internal static class RedisProgram
{
    // xunit takes a test that ends with a message that begins so for one that was skipped: what a machine lacks is no failure.
    private const string SkipMark = "$XunitDynamicSkip$";

    /// <summary><c>redis-server</c> on the PATH, or null.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "redis-server.exe" : "redis-server"))
        .FirstOrDefault(File.Exists);

    public static string Require() => Find()
        ?? throw new TestServerUnavailableException(SkipMark + "There is no redis-server on the PATH.");
}
