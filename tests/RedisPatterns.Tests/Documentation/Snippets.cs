using System.Text.RegularExpressions;

namespace RedisPatterns.Tests.Documentation;

/// <summary>
/// Code in Markdown comes from files that are built and tested. A region of a file, from <c>// snippet: name</c> to
/// <c>// end-snippet</c>, is what must stand as a block between <c>&lt;!-- snippet: name --&gt;</c> and
/// <c>&lt;!-- endsnippet --&gt;</c>.
/// </summary>
public static partial class Snippets
{
    /// <summary>When it is set to 1, blocks are rewritten instead of compared.</summary>
    public const string UpdateVariable = "REDISPATTERNS_UPDATE_SNIPPETS";

    private static readonly string[] Sources = ["tests", "samples"];

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The Markdown files that may have snippets, relative to the root.</summary>
    public static IEnumerable<string> Documents => Directory.EnumerateFiles(Root, "*.md")
        .Concat(Directory.Exists(Path.Combine(Root, "docs")) ? Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories) : [])
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>All regions, by name.</summary>
    /// <exception cref="InvalidDataException">A name is there twice, or a region does not end.</exception>
    public static IReadOnlyDictionary<string, string> Regions { get; } = ReadRegions();

    /// <summary>The document with every marked block as its region says.</summary>
    /// <exception cref="InvalidDataException">A region does not exist, or a mark does not end.</exception>
    public static string Fill(string markdown, IReadOnlyDictionary<string, string> regions)
    {
        if (Mark().Count(markdown) != MarkedBlock().Count(markdown))
        {
            throw new InvalidDataException("A snippet does not end with <!-- endsnippet -->.");
        }

        return MarkedBlock().Replace(markdown, match =>
            regions.TryGetValue(match.Groups["name"].Value, out var code)
                ? $"{match.Groups["mark"].Value}\n```csharp\n{code}\n```\n<!-- endsnippet -->"
                : throw new InvalidDataException($"There is no snippet '{match.Groups["name"].Value}'."));
    }

    /// <summary>How many C# blocks a document has, and how many of these are marked.</summary>
    public static (int All, int Marked) Count(string markdown) => (CSharpBlock().Count(markdown), MarkedBlock().Count(markdown));

    /// <summary>The regions of a file.</summary>
    public static IEnumerable<(string Name, string Code)> Parse(string source)
    {
        string? name = null;
        var lines = new List<string>();
        foreach (var line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            if (RegionStart().Match(line) is { Success: true } start)
            {
                name = name is null ? start.Groups["name"].Value : throw new InvalidDataException($"Snippet '{name}' has another one inside.");
                lines.Clear();
            }
            else if (line.Trim() == "// end-snippet" && name is not null)
            {
                yield return (name, Unindent(lines));
                name = null;
            }
            else
            {
                lines.Add(line);
            }
        }

        if (name is not null) throw new InvalidDataException($"Snippet '{name}' does not end.");
    }

    private static string Unindent(List<string> lines)
    {
        var common = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[common..])).Trim('\n');
    }

    private static Dictionary<string, string> ReadRegions()
    {
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Sources.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)))
        {
            foreach (var (name, code) in Parse(File.ReadAllText(path)))
            {
                if (!regions.TryAdd(name, code)) throw new InvalidDataException($"Snippet '{name}' is there twice.");
            }
        }

        return regions;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RedisPatterns.sln"))) return folder.FullName;
        }

        throw new InvalidDataException("These tests run inside the repository.");
    }

    [GeneratedRegex("^\\s*// snippet: (?<name>[a-z0-9-]+)\\s*$")]
    private static partial Regex RegionStart();

    [GeneratedRegex("^<!-- snippet:", RegexOptions.Multiline)]
    private static partial Regex Mark();

    [GeneratedRegex(
        "^(?<mark><!-- snippet: (?<name>[a-z0-9-]+) -->)\\n((?!<!-- snippet:).)*?^<!-- endsnippet -->",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex MarkedBlock();

    [GeneratedRegex("^```csharp", RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();
}
