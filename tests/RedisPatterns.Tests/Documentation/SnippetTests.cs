namespace RedisPatterns.Tests.Documentation;

public sealed class SnippetTests
{
    public static TheoryData<string> Documents => [.. Snippets.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_marked_block_says_what_its_source_says(string document)
    {
        var path = Path.Combine(Snippets.Root, document);
        var markdown = File.ReadAllText(path).ReplaceLineEndings("\n");
        var filled = Snippets.Fill(markdown, Snippets.Regions);
        if (Environment.GetEnvironmentVariable(Snippets.UpdateVariable) == "1")
        {
            File.WriteAllText(path, filled);
            return;
        }

        Assert.True(markdown == filled, $"{document}: a snippet differs from its source; {Snippets.UpdateVariable}=1 dotnet test rewrites it.");
    }

    [Fact]
    public void Every_block_of_the_readme_is_marked()
    {
        var (all, marked) = Snippets.Count(File.ReadAllText(Path.Combine(Snippets.Root, "README.md")).ReplaceLineEndings("\n"));
        Assert.True(all > 0);
        Assert.Equal(all, marked);
    }

    [Fact]
    public void A_block_is_filled_from_its_region()
    {
        var regions = Snippets.Parse("x\n    // snippet: a-b\n    if (c)\n\n        d();\n\n    // end-snippet\ny\n").ToDictionary(pair => pair.Name, pair => pair.Code);
        Assert.Equal("if (c)\n\n    d();", regions["a-b"]);
        const string Expected = "text\n<!-- snippet: a-b -->\n```csharp\nif (c)\n\n    d();\n```\n<!-- endsnippet -->\nmore";
        Assert.Equal(Expected, Snippets.Fill("text\n<!-- snippet: a-b -->\n```csharp\nold\n```\n<!-- endsnippet -->\nmore", regions));
        Assert.Equal(Expected, Snippets.Fill("text\n<!-- snippet: a-b -->\n<!-- endsnippet -->\nmore", regions));
        Assert.Equal(Expected, Snippets.Fill(Expected, regions));
    }

    [Fact]
    public void What_is_wrong_with_a_snippet_is_told()
    {
        Assert.Throws<InvalidDataException>(() => Snippets.Parse("// snippet: a\nx\n").ToList());
        Assert.Throws<InvalidDataException>(() => Snippets.Parse("// snippet: a\n// snippet: b\n// end-snippet\n").ToList());
        Assert.Throws<InvalidDataException>(() => Snippets.Fill("<!-- snippet: model -->\n<!-- snippet: model -->\n<!-- endsnippet -->", Snippets.Regions));
        Assert.Throws<InvalidDataException>(() => Snippets.Fill("<!-- snippet: none -->\n<!-- endsnippet -->", Snippets.Regions));
    }
}
