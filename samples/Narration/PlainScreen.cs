namespace Narration;

/// <summary>Plain lines, for files and pipes: no colors, nothing drawn over.</summary>
public sealed class PlainScreen(TextWriter output) : IScreen
{
    public void Open(string title, string text)
    {
        output.WriteLine(title);
        output.WriteLine(text);
    }

    public void Chapter(int number, string title, string text)
    {
        output.WriteLine();
        output.WriteLine($"== {number}. {title}");
        output.WriteLine(text);
    }

    public void Ask(string question, string code)
    {
        output.WriteLine();
        output.WriteLine($"-- {question}");
        Write("     ", code.Split('\n'));
    }

    public void Tell(Step step)
    {
        Write("   ", step.Answer.Lines);
        output.WriteLine($"   [{step.Cost}]");
    }

    public Task ProgressAsync(string label, int total, Func<Action, Task> work) => work(() => { });

    public void Close(Answer summary, IReadOnlyList<string> seen, IReadOnlyList<string> readOn)
    {
        output.WriteLine();
        output.WriteLine("== What it took");
        Write("   ", summary.Lines);
        output.WriteLine();
        output.WriteLine("== What you saw");
        Write(" - ", seen);
        output.WriteLine();
        output.WriteLine("== Where to read on");
        Write(" - ", readOn);
    }

    private void Write(string indent, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine((indent + line).TrimEnd());
        }
    }
}
