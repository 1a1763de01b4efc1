namespace RedisPatterns.Testing.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2030, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)));

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        Assert.Equal(new DateTimeOffset(2030, 6, 1, 10, 0, 0, TimeSpan.Zero), _clock.GetUtcNow());
        var start = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(1.5), _clock.GetElapsedTime(start));
        Assert.Equal(new DateTimeOffset(2030, 6, 1, 10, 0, 1, 500, TimeSpan.Zero), _clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.SetUtcNow(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_and_see_their_time()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<string>();
        using var late = Timer("late", 3, fired, start);
        using var early = Timer("early", 1, fired, start);
        using var never = Timer("never", 9, fired, start);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["early at 1", "late at 3"], fired);
        Assert.Equal(start + TimeSpan.FromSeconds(5), _clock.GetUtcNow());
    }

    [Fact]
    public void A_periodic_timer_fires_for_every_period()
    {
        var count = 0;
        using var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, count);
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, count);
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task What_several_threads_move_it_by_adds_up()
    {
        var (start, fired) = (_clock.GetUtcNow(), 0);
        using var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        })));
        Assert.Equal((TimeSpan.FromSeconds(20), 20), (_clock.GetUtcNow() - start, fired));
    }

    [Fact]
    public async Task Delays_and_timeouts_of_tasks_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, TestContext.Current.CancellationToken);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(2), _clock);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.False(cancellation.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(cancellation.IsCancellationRequested);
    }

    [Fact]
    public void A_timer_may_start_another()
    {
        var fired = new List<int>();
        ITimer? second = null;
        using var first = _clock.CreateTimer(
            _ =>
            {
                fired.Add(1);
                second = _clock.CreateTimer(_ => fired.Add(2), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            },
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([1, 2], fired);
        second!.Dispose();
    }

    private ITimer Timer(string name, int seconds, List<string> fired, DateTimeOffset start) => _clock.CreateTimer(
        _ => fired.Add($"{name} at {(_clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
