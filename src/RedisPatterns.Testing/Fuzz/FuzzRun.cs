using System.Collections.Concurrent;

namespace RedisPatterns.Testing;

/// <summary>A repository and the list that it is compared with, while a sequence runs.</summary>
internal sealed class FuzzRun(Repository<Ware, WareModel> wares, WareList list, ManualTimeProvider? clock, ConcurrentDictionary<string, long> tally, CancellationToken cancellation)
{
    public Repository<Ware, WareModel> Wares { get; } = wares;

    public WareList List { get; } = list;

    /// <summary>The clock of the store, if it can be moved.</summary>
    public ManualTimeProvider? Clock { get; } = clock;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>How many operations were made: calls, of those for many at once each item.</summary>
    public long Calls { get; private set; }

    /// <summary>Counts an operation and what came of it.</summary>
    public void Count(string verb, string outcome = WareOutcome.Done)
    {
        Calls++;
        tally.AddOrUpdate($"{verb}: {outcome}", 1, static (_, count) => count + 1);
    }

    /// <summary>Makes a call and compares what comes of it.</summary>
    public async Task ExpectAsync(string verb, WareOutcome expected, Func<Task<WareOutcome>> call)
    {
        var actual = await WareOutcome.OfAsync(call).ConfigureAwait(false);
        Count(verb, expected.IsAnswer ? WareOutcome.Done : expected.What.Split(' ')[0]);
        if (expected != actual)
        {
            throw new ConformanceFailedException($"{verb}: expected {expected}\n  was {actual}");
        }
    }

    /// <summary>Compares two values.</summary>
    public static void Expect<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceFailedException($"{what}: expected {expected}, was {actual}");
        }
    }

    /// <summary>Compares wares in order.</summary>
    public static void ExpectWares(IReadOnlyList<Ware> expected, IReadOnlyList<Ware> actual, string what)
    {
        ExpectIds(expected.Select(ware => ware.Id), actual.Select(ware => ware.Id), what);
        for (var i = 0; i < expected.Count; i++)
        {
            if (!expected[i].Equals(actual[i]))
            {
                throw new ConformanceFailedException($"{what}: expected {WareText.Of(expected[i])}\n  was {WareText.Of(actual[i])}");
            }
        }
    }

    /// <summary>Compares ids in order.</summary>
    public static void ExpectIds(IEnumerable<string> expected, IEnumerable<string> actual, string what)
    {
        string[] left = [.. expected];
        string[] right = [.. actual];
        if (!left.SequenceEqual(right, StringComparer.Ordinal))
        {
            var at = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
            throw new ConformanceFailedException(
                $"{what}: expected {left.Length} [{Text(left, at)}]\n  was {right.Length} [{Text(right, at)}], from place {at} on\n  missing [{Text([.. left.Except(right)], 0)}], too many [{Text([.. right.Except(left)], 0)}]");
        }
    }

    private static string Text(string[] ids, int from) => string.Join(' ', ids.Skip(from).Take(12).Select(WareText.Of));
}
