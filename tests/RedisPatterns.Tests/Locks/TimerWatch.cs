using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Locks;

/// <summary>A clock that tells how many timers were set by it, so that a test moves it on only when somebody waits.</summary>
internal sealed class TimerWatch(ManualTimeProvider inner) : TimeProvider
{
    private int _created;

    public int Created => Volatile.Read(ref _created);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = inner.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _created);
        return timer;
    }
}
