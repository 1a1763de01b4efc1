namespace RedisPatterns.Testing.Tests.Conformance;

/// <summary>Runs every test of every suite on a backend, each as a test case of its own.</summary>
public abstract class BackendConformance<TBackend>(Servers servers) : IStoreFixture
    where TBackend : IBackend
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1000", Justification = "The data of a theory is static, and named after the backend.")]
    public static IEnumerable<TheoryDataRow<string, SendMode, string>> Cases =>
        from suite in ConformanceSuites.All
        where Wanted is null || Wanted.Contains(suite.Name)
        from mode in suite.Modes
        from test in suite.Tests
        select new TheoryDataRow<string, SendMode, string>(suite.Name, mode, test.Name)
        {
            TestDisplayName = $"{TBackend.Name} / {suite.Name} / {mode}: {test.Name.Replace('_', ' ')}",
        };

    /// <summary>The suites to run, from the environment; null: all.</summary>
    private static string[]? Wanted => Environment.GetEnvironmentVariable("REDISPATTERNS_SUITES")?.Split(',');

    public string Name => TBackend.Name;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Conforms(string suite, SendMode mode, string test)
    {
        Assert.SkipWhen(TBackend.NotRun.TryGetValue($"{suite}.{test}", out var damage), $"{Name} is not asked: {damage}");
        var subject = ConformanceSuites.All.Single(s => s.Name == suite).Tests.Single(t => t.Name == test);
        var difference = TBackend.KnownDifferences.GetValueOrDefault($"{suite}.{test}")
            ?? TBackend.KnownDifferences.GetValueOrDefault($"{suite}.{test}/{mode}");
        ConformanceOutcome outcome;
        try
        {
            outcome = await subject.RunAsync(this, mode, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (difference is not null && e is ConformanceFailedException or StoreException)
        {
            Assert.Skip($"{Name} differs: {difference}");
            return;
        }

        Assert.SkipWhen(outcome.IsSkipped, outcome.SkipReason ?? "");
        Assert.True(difference is null, $"{Name} does not differ any more: {difference}");
    }

    public ValueTask<StoreLease> RentAsync(CancellationToken cancellationToken = default) => TBackend.RentAsync(servers);
}
