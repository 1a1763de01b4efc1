using System.Globalization;

namespace Narration;

/// <summary>A step that was taken: the answer, and what it took.</summary>
public sealed record Step(string Chapter, string Question, Answer Answer, TimeSpan Elapsed, long RoundTrips)
{
    /// <summary>What it took, in words.</summary>
    public string Cost => $"{Trips(RoundTrips)}, {Time(Elapsed)}";

    public static string Trips(long count) => count == 1 ? "1 round trip" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} round trips");

    public static string Time(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.00} ms"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
    };
}
