using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>Makes variants that only ask.</summary>
internal static class QueryVariant
{
    public static Variant Of<T>(string name, Func<Task<T>> ask, Func<T, string> tell) => Of(name, _ => ask(), tell);

    public static Variant Of<T>(string name, Func<long, Task<T>> ask, Func<T, string> tell) => new(name, async (loop, _) =>
    {
        while (loop.Next(out var i)) await ask(i).ConfigureAwait(false);
    })
    {
        Answer = async () => tell(await ask(0).ConfigureAwait(false)),
    };
}
