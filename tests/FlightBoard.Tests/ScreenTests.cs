using Narration;
using Spectre.Console;

namespace FlightBoard.Tests;

public sealed class ScreenTests(InMemoryRun run)
{
    [Fact]
    public void Plain_lines_have_no_escapes_and_fit_a_screen()
    {
        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain('\r', run.Output.ReplaceLineEndings("\n"));
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 150, line));
    }

    [Fact]
    public void Code_is_shown_without_its_frame()
    {
        Assert.Contains("     await board.Airports.FindAsync(m => m.ByIata, \"SEA\")\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("cancellationToken", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("() => a.B(c, cancellationToken)", "await a.B(c)")]
    [InlineData("async () => await a.B(cancellationToken)", "await a.B()")]
    [InlineData("() => a.B(c, cancellationToken: cancellationToken)", "await a.B(c)")]
    [InlineData("() => a.B(\n    c,\n    cancellationToken)", "await a.B(\n    c)")]
    [InlineData("async () => (await a.B(cancellationToken), 1)", "(await a.B(), 1)")]
    [InlineData("() => a\n            .B()\n            .C()", "await a\n    .B()\n    .C()")]
    [InlineData("async () =>\n        {\n            a();\n            if (b)\n                c();\n        }", "a();\nif (b)\n    c();")]
    public void A_lambda_is_shown_as_its_code(string lambda, string expected) => Assert.Equal(expected, SourceText.Tidy(lambda));

    [Fact]
    public async Task A_terminal_shows_every_answer()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.No,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 100;
        var screen = new RichScreen(console);
        screen.Open("FlightBoard", "[here]");
        screen.Chapter(1, "Chapter [1]", "[text]");
        await screen.ProgressAsync("[label]", 2, done =>
        {
            done();
            done();
            return Task.CompletedTask;
        });
        foreach (var step in run.Steps)
        {
            screen.Ask(step.Question, "array[0]");
            screen.Tell(step);
        }

        screen.Close(new TableAnswer(["[a]", "#b"], [["[c]", "1"]]), ["[seen]"], ["[read on]"]);
        var shown = output.ToString();
        Assert.Contains("\e[", shown, StringComparison.Ordinal);
        string[] expected = ["[here]", "Chapter [1]", "[text]", "array[0]", "F10001", "[a]", "[c]", "[seen]", "[read on]", "VersionConflictException"];
        Assert.All(expected, text => Assert.Contains(text, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void The_files_that_the_ending_names_exist() =>
        Assert.All(Story.NamedFiles, file => Assert.True(Path.Exists(Path.Combine(Root(), file)), file));

    [Fact]
    public void The_readme_shows_what_is_printed()
    {
        const string Begin = "```text\n";
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md")).ReplaceLineEndings("\n");
        var start = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var shown = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains(shown, run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RedisPatterns.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
