using System.Globalization;

namespace Narration;

/// <summary>A bar chart.</summary>
/// <param name="Bars">The bars; values are 0 or more.</param>
/// <param name="Format">How values are written.</param>
public sealed record BarsAnswer(IReadOnlyList<Bar> Bars, string Format = "N0") : Answer
{
    private const int Width = 50;

    public override IReadOnlyList<string> Lines
    {
        get
        {
            var labels = Bars.Max(bar => bar.Label.Length);
            var values = Bars.Max(bar => Text(bar.Value).Length);
            var greatest = Math.Max(1, Bars.Max(bar => bar.Value));
            return [.. Bars.Select(bar => $"{bar.Label.PadRight(labels)}  {Text(bar.Value).PadLeft(values)}  {Length(bar, greatest)}".TrimEnd())];
        }
    }

    /// <summary>A value as it is shown.</summary>
    public string Text(double value) => value.ToString(Format, CultureInfo.InvariantCulture);

    private static string Length(Bar bar, double greatest) => new('#', (int)Math.Round(bar.Value * Width / greatest));
}
