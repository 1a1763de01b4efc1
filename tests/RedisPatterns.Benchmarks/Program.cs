using RedisPatterns.Benchmarks;
using RedisPatterns.Benchmarks.Measuring;

return args switch
{
    ["compare", .. var rest] => await CompareCommand.RunAsync(BenchmarkOptions.Parse(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("compare | memory | inmemory | bdn | smoke; see docs/benchmarks.md");
    return 2;
}
