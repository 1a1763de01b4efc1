using BenchmarkDotNet.Running;
using RedisPatterns.Benchmarks;
using RedisPatterns.Benchmarks.InProcess;
using RedisPatterns.Benchmarks.Measuring;

return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["queries", .. var rest] => await QueriesCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["indexes", .. var rest] => await IndexesCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["atomic", .. var rest] => await AtomicCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["memory", .. var rest] => await MemoryCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["layouts", .. var rest] => await LayoutsCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["series", .. var rest] => await SeriesCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["inmemory", .. var rest] => await InMemoryCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    ["codecs"] => CodecsCommand.Run(),
    ["aggregation"] => AggregationCommand.Run(),
    ["smoke"] => await SmokeCommand.RunAsync(),
    ["bdn", .. var rest] => Bdn(rest),
    _ => Usage(),
};

static int Bdn(string[] arguments)
{
    BenchmarkSwitcher.FromTypes([typeof(InProcessBenchmarks)]).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("compare | queries | indexes | atomic | layouts | memory | series | inmemory | codecs | aggregation | bdn | smoke; see docs/benchmarks.md");
    return 2;
}
