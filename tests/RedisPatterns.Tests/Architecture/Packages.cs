using System.Reflection;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Architecture;

/// <summary>The packages under src/, as assemblies and as source files.</summary>
internal static class Packages
{
    private static readonly Dictionary<string, Assembly> Known = new Assembly[]
    {
        typeof(IKeyValueStore).Assembly, typeof(InMemoryKeyValueStore).Assembly, typeof(RedisKeyValueStore).Assembly, typeof(ConformanceSuite).Assembly,
    }.ToDictionary(assembly => assembly.GetName().Name!);

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Names => Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static Assembly Load(string name) => Known.TryGetValue(name, out var assembly)
        ? assembly
        : throw new InvalidOperationException($"{name} is new: reference it in RedisPatterns.Tests and add it to {nameof(Packages)}.");

    public static IEnumerable<Type> PublicTypes(string name) => Load(name).GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static IEnumerable<string> SourceFiles(string name)
    {
        var folder = Path.Combine(Root, "src", name);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[..^1].Any(part => part is "bin" or "obj"));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RedisPatterns.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
    }
}
