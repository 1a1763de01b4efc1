using System.Globalization;
using Narration;
using RedisPatterns;

namespace Telemetry.Charts;

/// <summary>Samples as charts.</summary>
internal static class SeriesChart
{
    /// <summary>A line, and its scale.</summary>
    public static TextAnswer Line(SeriesData data, string unit) => new(Sparkline.Of(data.Values), Scale(data, unit));

    /// <summary>A line for each few months, all of one scale.</summary>
    /// <param name="data">Samples of whole months.</param>
    /// <param name="months">How many months share a line.</param>
    /// <param name="unit">The unit of the values.</param>
    public static TextAnswer Lines(SeriesData data, int months, string unit)
    {
        var (least, greatest) = Sparkline.Bounds(data.Values);
        var lines = new List<string>();
        for (var from = 0; from < data.Count;)
        {
            var first = data[from].Time;
            var end = first.AddMonths(months).ToUnixTimeMilliseconds();
            var to = from;
            while (to < data.Count && data.Timestamps[to] < end) to++;
            var label = months == 1 ? Month(first) : $"{Month(first)}-{Month(first.AddMonths(months - 1))}";
            lines.Add($"{label}  {Sparkline.Of(data.Values[from..to], least, greatest)}");
            from = to;
        }

        return new([.. lines, Scale(data, unit)]);
    }

    /// <summary>A month by its name.</summary>
    public static string Month(DateTimeOffset time) => time.ToString("MMM", CultureInfo.InvariantCulture);

    /// <summary>A day by its date.</summary>
    public static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Scale(SeriesData data, string unit)
    {
        var (least, greatest) = Sparkline.Bounds(data.Values);
        return $"{data.Count} values, {least:0.0} to {greatest:0.0} {unit}";
    }
}
