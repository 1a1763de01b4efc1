using Spectre.Console;

namespace Narration;

/// <summary>A terminal with colors, charts and a progress bar.</summary>
public sealed class RichScreen(IAnsiConsole console) : IScreen
{
    private static readonly Color[] Palette = [Color.DeepSkyBlue1, Color.SteelBlue1];

    public void Open(string title, string text)
    {
        console.Write(new FigletText(title).Color(Color.DeepSkyBlue1));
        console.MarkupLineInterpolated($"{text}");
    }

    public void Chapter(int number, string title, string text)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold deepskyblue1]{number}. {title.EscapeMarkup()}[/]").LeftJustified().RuleStyle("grey"));
        console.MarkupLineInterpolated($"{text}");
    }

    public void Ask(string question, string code)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{question}[/]");
        console.Write(new Padder(new Text(code, new Style(Color.Grey)), new Padding(2, 0, 0, 0)));
    }

    public void Tell(Step step)
    {
        switch (step.Answer)
        {
            case TableAnswer table:
                console.Write(ToTable(table));
                break;
            case BarsAnswer chart:
                console.Write(ToChart(chart));
                break;
            case RefusalAnswer refusal:
                console.MarkupLineInterpolated($"[yellow]✗ {refusal.Error}[/]: {refusal.Message}");
                break;
            default:
                foreach (var line in step.Answer.Lines)
                {
                    console.MarkupLineInterpolated($"[green]→[/] {line}");
                }

                break;
        }

        console.MarkupLineInterpolated($"[italic grey]{step.Cost}[/]");
    }

    public Task ProgressAsync(string label, int total, Func<Action, Task> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(label.EscapeMarkup(), maxValue: total);
                await work(() => task.Increment(1));
            });

    public void Close(Answer summary, IReadOnlyList<string> seen, IReadOnlyList<string> readOn)
    {
        console.WriteLine();
        console.Write(new Rule("[bold green]What it took[/]").LeftJustified().RuleStyle("grey"));
        console.Write(ToTable((TableAnswer)summary));
        Points("What you saw", seen);
        Points("Where to read on", readOn);
    }

    private static Table ToTable(TableAnswer answer)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var column in answer.Columns)
        {
            var made = new TableColumn($"[bold]{TableAnswer.Name(column).EscapeMarkup()}[/]").NoWrap();
            table.AddColumn(TableAnswer.IsNumber(column) ? made.RightAligned() : made);
        }

        foreach (var row in answer.Rows)
        {
            table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
        }

        return table;
    }

    private static BarChart ToChart(BarsAnswer answer) =>
        new BarChart().Width(72).UseValueFormatter(answer.Text).AddItems(answer.Bars.Select((bar, i) => new BarChartItem(bar.Label, bar.Value, Palette[i % Palette.Length])));

    private void Points(string title, IReadOnlyList<string> lines)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold green]{title.EscapeMarkup()}[/]").LeftJustified().RuleStyle("grey"));
        foreach (var line in lines)
        {
            console.MarkupLineInterpolated($"[green]•[/] {line}");
        }
    }
}
