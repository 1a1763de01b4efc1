using System.Text.RegularExpressions;

namespace RedisPatterns.Tests.Documentation;

/// <summary>Links between pages lead somewhere, and names of tests in the documentation are names of tests.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Sources = ["src/RedisPatterns.Testing", "tests"];

    public static TheoryData<string> Pages =>
    [
        .. Snippets.Documents,
        .. Directory.EnumerateFiles(Path.Combine(Snippets.Root, "src"), "README.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Snippets.Root, path).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file_and_a_heading(string page)
    {
        var path = Path.Combine(Snippets.Root, page);
        var folder = Path.GetDirectoryName(path)!;
        var dead =
            from Match match in Link().Matches(Code().Replace(File.ReadAllText(path), ""))
            let target = match.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let parts = target.Split('#', 2)
            let file = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(folder, parts[0]))
            where !(File.Exists(file) || Directory.Exists(file)) || (parts.Length == 2 && !Anchors(file).Contains(parts[1]))
            select target;
        Assert.Empty(dead);
    }

    /// <summary>The tables of guarantees name a test for each cell: "Class", or "Class.The_test".</summary>
    [Fact]
    public void Every_test_that_the_guarantees_name_exists()
    {
        var names = TestName().Matches(File.ReadAllText(Path.Combine(Snippets.Root, "docs/guarantees.md"))).Select(match => match.Groups["name"].Value).Distinct().ToArray();
        Assert.True(names.Length > 20);
        var sources = Sources
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Snippets.Root, folder), "*.cs", SearchOption.AllDirectories))
            .GroupBy(path => Path.GetFileName(path).Split('.')[0])
            .ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));
        var unknown = names.Where(name => name.Split('.') is var parts
            && !(sources.TryGetValue(parts[0], out var text) && (parts.Length == 1 || text.Contains($" {parts[1]}(", StringComparison.Ordinal))));
        Assert.Empty(unknown);
    }

    private static IEnumerable<string> Anchors(string file) =>
        Heading().Matches(File.ReadAllText(file)).Select(match =>
            NoAnchor().Replace(match.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```|`[^`\\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(?:Conformance|Tests)(?:\.[A-Z]\w+)?)`")]
    private static partial Regex TestName();
}
