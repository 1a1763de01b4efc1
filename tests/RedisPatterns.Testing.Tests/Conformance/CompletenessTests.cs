using System.Reflection;

namespace RedisPatterns.Testing.Tests.Conformance;

public sealed class CompletenessTests
{
    [Fact]
    public void Every_suite_is_listed_once()
    {
        var written = typeof(ConformanceSuite).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ConformanceSuite)) && !type.IsAbstract);
        Assert.Equal(written.Select(type => type.Name).Order(), ConformanceSuites.All.Select(suite => suite.Name).Order());
    }

    [Fact]
    public void Every_test_method_of_a_suite_is_listed_once()
    {
        foreach (var suite in ConformanceSuites.All)
        {
            var written = Lineage(suite.GetType())
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(method => method.ReturnType == typeof(Task) && method.Name.Contains('_', StringComparison.Ordinal)
                    && method.GetParameters() is [{ } parameter] && parameter.ParameterType == typeof(ConformanceContext))
                .Where(method => !method.Name.StartsWith('<'))
                .Select(method => method.Name);
            Assert.Equal(written.Order(), suite.Tests.Select(test => test.Name).Order());
        }
    }

    [Fact]
    public void Every_backend_runs_every_suite()
    {
        var backends = Types().Where(type => type.IsAssignableTo(typeof(IBackend)) && type.IsClass).ToArray();
        var tested = Types().Where(type => type is { IsAbstract: false, BaseType.IsGenericType: true }
            && type.BaseType.GetGenericTypeDefinition() == typeof(BackendConformance<>)).ToArray();
        Assert.Equal(
            backends.Select(type => type.Name).Order(),
            tested.Select(type => type.BaseType!.GetGenericArguments()[0].Name).Order());

        foreach (var type in tested)
        {
            var cases = (IEnumerable<TheoryDataRow<string, SendMode, string>>)type.BaseType!.GetProperty("Cases")!.GetValue(null)!;
            var suites = cases.Select(row => row.Data.Item1).ToHashSet();
            Assert.True(suites.SetEquals(ConformanceSuites.All.Select(suite => suite.Name)), $"{type.Name} lacks a suite");
        }
    }

    [Theory]
    [InlineData(typeof(InMemoryBackend))]
    [InlineData(typeof(DecoratedBackend))]
    [InlineData(typeof(ChaosBackend))]
    [InlineData(typeof(PrefixedBackend))]
    [InlineData(typeof(PrefixedRedisBackend))]
    [InlineData(typeof(RedisResp2Backend))]
    [InlineData(typeof(RedisResp3Backend))]
    [InlineData(typeof(RedisWithoutScriptsBackend))]
    [InlineData(typeof(RedisClusterBackend))]
    [InlineData(typeof(GarnetBackend))]
    public void Every_promised_backend_is_tested(Type backend) =>
        Assert.Contains(Types(), type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericArguments()[0] == backend);

    private static IEnumerable<Type> Lineage(Type suite)
    {
        for (var type = suite; type != typeof(ConformanceSuite); type = type.BaseType!)
        {
            yield return type;
        }
    }

    private static Type[] Types() => typeof(CompletenessTests).Assembly.GetTypes();
}
