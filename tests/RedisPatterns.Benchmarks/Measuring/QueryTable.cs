namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>Queries against each way by hand, as lines of a Markdown table.</summary>
internal static class QueryTable
{
    public static void PrintHeader()
    {
        Console.WriteLine("| what | by hand | in flight | ops/s, ours | by hand | ratio | round trips, ours / by hand | server CPU s/100k | by hand | client CPU us | by hand | B/op | by hand | commands, ours / by hand |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    }

    public static void Print(Row row) => Console.WriteLine(FormattableString.Invariant(
        $"| {row.Name} | {row.BaselineVariant} | {row.Concurrency} | {row.Ours:N0} | {row.Baseline:N0} | {row.Ratio:F2} | {row.RoundTrips:0.#} / {row.RoundTripsBaseline:0.#} | {row.ServerCpuOurs:N1} | {row.ServerCpuBaseline:N1} | {row.ClientCpuOurs:N0} | {row.ClientCpuBaseline:N0} | {row.AllocatedOurs:N0} | {row.AllocatedBaseline:N0} | {row.ServerCommandsOurs:N0} / {row.ServerCommandsBaseline:N0} |"));

    public static void PrintHeldHeader()
    {
        Console.WriteLine("| what | by | script calls an operation | mean us | 99 of 100 at most | longest us |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|");
    }

    public static void Print(string name, string variant, HeldTime held) => Console.WriteLine(FormattableString.Invariant(
        $"| {name} | {variant} | {held.Calls:0.#} | {held.Mean:N0} | {held.High:N0} | {held.Longest:N0} |"));
}
