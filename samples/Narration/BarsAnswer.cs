namespace Narration;

/// <summary>A bar chart.</summary>
public sealed record BarsAnswer(IReadOnlyList<Bar> Bars) : Answer
{
    private const int Width = 50;

    public override IReadOnlyList<string> Lines
    {
        get
        {
            var labels = Bars.Max(bar => bar.Label.Length);
            var values = Bars.Max(bar => Text(bar).Length);
            var greatest = Math.Max(1, Bars.Max(bar => bar.Value));
            return [.. Bars.Select(bar => $"{bar.Label.PadRight(labels)}  {Text(bar).PadLeft(values)}  {Length(bar, greatest)}".TrimEnd())];
        }
    }

    private static string Text(Bar bar) => $"{bar.Value:N0}";

    private static string Length(Bar bar, long greatest) => new('#', (int)Math.Round((double)bar.Value * Width / greatest));
}
