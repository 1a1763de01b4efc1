namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>Ways of keeping series against the sorted set by hand, as lines of a Markdown table.</summary>
internal static class SeriesTable
{
    public static void PrintHeader(string rate)
    {
        Console.WriteLine($"| what | by | in flight | {rate} | sorted set by hand | ratio | B/op | by hand | round trips, by hand | server CPU s/100k | by hand | client CPU us | by hand | commands, by hand | bar |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    }

    /// <summary>Prints a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scale">What the rates are multiplied with.</param>
    /// <param name="judges">Whether the run is long enough to say which bars are met.</param>
    public static void Print(Row row, int scale, bool judges) => Console.WriteLine(FormattableString.Invariant(
        $"| {row.Name} | {row.Variant} | {row.Concurrency} | {row.Ours * scale:N0} | {row.Baseline * scale:N0} | {row.Ratio:F2} | {row.AllocatedOurs:N0} | {row.AllocatedBaseline:N0} | {row.RoundTrips:0.#} / {row.RoundTripsBaseline:0.#} | {row.ServerCpuOurs:N2} | {row.ServerCpuBaseline:N2} | {row.ClientCpuOurs:N1} | {row.ClientCpuBaseline:N1} | {row.ServerCommandsOurs:N1} / {row.ServerCommandsBaseline:N1} | {VerdictOf(row, judges)} |"));

    public static string Verdict(bool isMet) => isMet ? "PASS" : "below";

    private static string VerdictOf(Row row, bool judges) =>
        row.Bar is not { } bar ? "" : FormattableString.Invariant($"at least {bar}{(judges ? $": {Verdict(row.MeetsBar == true)}" : "")}");
}
