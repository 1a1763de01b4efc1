using System.Diagnostics;

namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>What a worker asks before each operation: whether to go on, and the operation's number.</summary>
internal sealed class Loop(long first, long limit, TimeSpan duration, int workers)
{
    private readonly long _end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
    private long _next = first - 1;

    /// <summary>The number of workers.</summary>
    public int Workers => workers;

    /// <summary>How many operations were handed out.</summary>
    public long Count => Math.Min(Interlocked.Read(ref _next) + 1, limit) - first;

    public bool Next(out long number)
    {
        number = 0;
        if (Stopwatch.GetTimestamp() >= _end) return false;
        number = Interlocked.Increment(ref _next);
        return number < limit;
    }
}
