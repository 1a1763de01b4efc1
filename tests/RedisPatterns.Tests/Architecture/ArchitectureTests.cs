using System.Reflection;
using System.Text.RegularExpressions;

namespace RedisPatterns.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    // What has a token of its own: the context of a conformance test and what hangs on it, and what runs a caller's delegate.
    private static readonly string[] CarriesItsToken = ["ConformanceContext", "CommandExpectation`1", "CommandExpectationExtensions", "HistoryRecorder`2"];

    public static TheoryData<string> Names => [.. Packages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_classes_are_sealed_abstract_or_static(string package)
    {
        var open = Packages.PublicTypes(package).Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsBaseOfExceptions(type));
        Assert.Empty(open.Where(type => !Packages.PublicTypes(package).Any(other => other.BaseType is { } parent && Definition(parent) == type)).Select(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Namespaces_begin_with_the_name_of_their_package(string package)
    {
        var strange = Packages.PublicTypes(package).Where(type => type.Namespace != package && !type.Namespace!.StartsWith(package + ".", StringComparison.Ordinal));
        Assert.Empty(strange.Select(type => type.FullName));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Public_asynchronous_methods_can_be_cancelled(string package)
    {
        var methods =
            from type in Packages.PublicTypes(package)
            where !CarriesItsToken.Contains(type.Name)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where IsAsynchronous(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync)
            where method.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken))
            select $"{type.Name}.{method.Name}";
        Assert.Empty(methods);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_declares_one_public_type_and_has_its_name(string package)
    {
        var wrong =
            from file in Packages.SourceFiles(package)
            let declared = PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).Distinct().ToArray()
            where declared.Length > 1 || (declared.Length == 1 && !FitsName(Path.GetFileNameWithoutExtension(file), declared[0]))
            select $"{Path.GetRelativePath(Packages.Root, file)}: {string.Join(", ", declared)}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_core_knows_no_backend_and_a_backend_no_other()
    {
        foreach (var package in Packages.Names)
        {
            var others = Packages.Load(package).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("RedisPatterns", StringComparison.Ordinal));
            Assert.All(others, name => Assert.True(name == "RedisPatterns" && package != name, $"{package} refers to {name}"));
        }
    }

    // "Name.cs", "Name.Part.cs" of a partial type, "NameOfT.cs" of a generic one beside its plain one, "NameOfT2.cs" of one with two.
    private static bool FitsName(string file, string type) => file == type || file == type + "OfT" || file == type + "OfT2" || file.StartsWith(type + ".", StringComparison.Ordinal);

    private static bool IsBaseOfExceptions(Type type) => type.IsAssignableTo(typeof(Exception));

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static bool IsAsynchronous(Type type)
    {
        var definition = Definition(type);
        return definition == typeof(Task) || definition == typeof(Task<>) || definition == typeof(ValueTask) || definition == typeof(ValueTask<>)
            || definition == typeof(IAsyncEnumerable<>);
    }

    // Not indented: a type of the namespace, not one within another type.
    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|struct|record struct|record|interface|enum|delegate [\w<>?\[\], ]+?) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PublicType();
}
