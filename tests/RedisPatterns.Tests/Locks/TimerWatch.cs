using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Locks;

/// <summary>A clock that tells how often a timer was set by it, so that a test moves it on only when somebody waits.</summary>
internal sealed class TimerWatch(ManualTimeProvider inner) : TimeProvider
{
    private int _set;

    public int Set => Volatile.Read(ref _set);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Watched(this, inner.CreateTimer(callback, state, dueTime, period));
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Interlocked.Increment(ref _set);
        }

        return timer;
    }

    private sealed class Watched(TimerWatch watch, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = timer.Change(dueTime, period);
            Interlocked.Increment(ref watch._set);
            return isChanged;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
