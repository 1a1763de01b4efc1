namespace Telemetry.Charts;

/// <summary>A chart of one line: a block for each value, as high as the value.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Values between their own bounds.</summary>
    public static string Of(ReadOnlySpan<double> values)
    {
        var (least, greatest) = Bounds(values);
        return Of(values, least, greatest);
    }

    /// <summary>Values between bounds, so that several lines compare. NaN is a gap.</summary>
    public static string Of(ReadOnlySpan<double> values, double least, double greatest)
    {
        var blocks = new char[values.Length];
        for (var i = 0; i < blocks.Length; i++)
        {
            var height = greatest > least ? (values[i] - least) / (greatest - least) : 0;
            blocks[i] = double.IsNaN(values[i]) ? ' ' : Blocks[(int)Math.Round(height * (Blocks.Length - 1))];
        }

        return new(blocks);
    }

    /// <summary>The least and the greatest value, gaps left out.</summary>
    public static (double Least, double Greatest) Bounds(ReadOnlySpan<double> values)
    {
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value < least) least = value;
            if (value > greatest) greatest = value;
        }

        return (least, greatest);
    }
}
