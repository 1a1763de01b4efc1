using System.Diagnostics;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Benchmarks.InProcess;

/// <summary>Measures the in-memory store on one thread through <see cref="IKeyValueStore"/>.</summary>
internal static class InMemoryCommand
{
    private const int KeyCount = 100_000;
    private const double GetBar = 3_000_000;
    private const double SetBar = 1_500_000;
    private const double BatchBar = 3;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var store = new InMemoryKeyValueStore();
        StoreKey[] keys = [.. Enumerable.Range(0, KeyCount).Select(number => (StoreKey)$"key:{number:D12}")];
        Random.Shared.Shuffle(keys);
        var value = new byte[420];
        var dictionary = new Dictionary<string, byte[]>(keys.Select(key => KeyValuePair.Create(key.ToString(), value)));
        var gate = new Lock();
        string[] names = [.. keys.Select(key => key.ToString())];
        foreach (var key in keys)
        {
            await store.SetAsync(key, value);
        }

        Console.WriteLine("| in memory, one thread | ops/s | ns/op | B/op | bar |");
        Console.WriteLine("|---|--:|--:|--:|---|");
        Print("GET", await MeasureAsync(options, i => store.GetAsync(keys[i % KeyCount])), GetBar);
        Print("SET", await MeasureAsync(options, i => store.SetAsync(keys[i % KeyCount], value)), SetBar);
        Print("batch of 5", await MeasureAsync(options, i => store.CommitAsync(Batch(i))), 1_000_000 / BatchBar);
        Print("lock + Dictionary get, for orientation", await MeasureAsync(options, i => new ValueTask<byte[]>(Locked(names[i % KeyCount]))), null);
        return 0;

        byte[] Locked(string name)
        {
            lock (gate) return dictionary[name];
        }
    }

    private static AtomicBatch Batch(int number)
    {
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("{b}:string", number));
        batch.Add(Strings.Increment("{b}:number"));
        batch.Add(Hashes.Set("{b}:hash", "field", number));
        batch.Add(Sets.Add("{b}:set", "member"));
        batch.Add(Hashes.Increment("{b}:counts", "field"));
        return batch;
    }

    private static void Print(string name, (double Rate, double Allocated) result, double? bar)
    {
        var verdict = bar is null ? "" : FormattableString.Invariant($"{bar:N0}/s {(result.Rate >= bar ? "met" : "**missed**")}");
        Console.WriteLine(FormattableString.Invariant($"| {name} | {result.Rate:N0} | {1e9 / result.Rate:F0} | {result.Allocated:F0} | {verdict} |"));
    }

    private static async Task<(double Rate, double Allocated)> MeasureAsync<T>(BenchmarkOptions options, Func<int, ValueTask<T>> operation)
    {
        const int Slice = 1_000;
        var rates = new List<double>();
        var allocated = 0.0;
        for (var round = -2; round < options.Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var count = 0;
            while (Stopwatch.GetElapsedTime(start) < options.Seconds)
            {
                for (var i = 0; i < Slice; i++)
                {
                    // What is in memory is done when the call returns, so this stays on one thread.
                    await operation(count++).ConfigureAwait(false);
                }
            }

            if (round >= 0) rates.Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
        }

        return (Sample.Median(rates), allocated);
    }
}
