using RedisPatterns.Tests.Architecture;

namespace RedisPatterns.Tests.PublicApi;

public sealed class PublicApiTests
{
    private const string RewriteVariable = "REDISPATTERNS_WRITE_PUBLIC_API";

    public static TheoryData<string> Names => [.. Packages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_public_surface_is_the_one_that_was_agreed(string package)
    {
        var path = Path.Combine(Packages.Root, "tests", "RedisPatterns.Tests", "PublicApi", package + ".txt");
        var actual = PublicSurface.Write(Packages.PublicTypes(package));
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1")
        {
            await File.WriteAllLinesAsync(path, actual, TestContext.Current.CancellationToken);
        }

        var agreed = File.Exists(path) ? await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken) : [];
        var gone = agreed.Except(actual).Select(line => "- " + line);
        var added = actual.Except(agreed).Select(line => "+ " + line);
        var changes = gone.Concat(added).ToArray();
        Assert.True(
            changes.Length == 0 && actual.Count == agreed.Length,
            $"The public surface of {package} changed. When it is meant to, run the tests once with {RewriteVariable}=1 and commit {Path.GetFileName(path)}.\n{string.Join('\n', changes)}");
    }
}
