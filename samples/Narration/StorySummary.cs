namespace Narration;

/// <summary>What the chapters of a story took.</summary>
public static class StorySummary
{
    /// <summary>A row for each chapter, and one for all.</summary>
    public static TableAnswer Of(IReadOnlyList<Step> steps) => new(
        ["chapter", "#steps", "#round trips", "#time"],
        [.. steps.GroupBy(step => step.Chapter).Select(chapter => Row(chapter.Key, [.. chapter])), Row("all", steps)]);

    private static IReadOnlyList<string> Row(string name, IReadOnlyList<Step> steps) =>
        [name, $"{steps.Count}", $"{steps.Sum(step => step.RoundTrips):N0}", Step.Time(TimeSpan.FromTicks(steps.Sum(step => step.Elapsed.Ticks)))];
}
