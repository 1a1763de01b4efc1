namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>The result as lines of a Markdown table.</summary>
internal static class ResultTable
{
    public static void PrintHeader()
    {
        Console.WriteLine("| what | in flight | ops/s | baseline | ratio | B/op | baseline | round trips | server CPU s/100k | baseline | client CPU us | baseline | commands | bar |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    }

    public static void Print(Row row)
    {
        var name = row.Variant == "ours" ? row.Name : $"{row.Name}: {row.Variant}";
        var verdict = row.MeetsBar is not { } met ? "" : met ? "met" : "**missed**";
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {row.Concurrency} | {row.Ours:N0} | {row.Baseline:N0} | {row.Ratio:F2} | {row.AllocatedOurs:N0} | {row.AllocatedBaseline:N0} | {row.RoundTrips:0.#} | {row.ServerCpuOurs:F2} | {row.ServerCpuBaseline:F2} | {row.ClientCpuOurs:F1} | {row.ClientCpuBaseline:F1} | {row.ServerCommandsOurs:F1} / {row.ServerCommandsBaseline:F1} | {verdict} |"));
    }
}
