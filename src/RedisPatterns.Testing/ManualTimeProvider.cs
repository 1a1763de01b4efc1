namespace RedisPatterns.Testing;

/// <summary>A clock that stands still until it is told to go on. Timers fire while it is moved, in the order of their times.</summary>
/// <remarks>
/// Callbacks run on the thread that moves the clock, with the clock showing the moment that they were due at. Thread-safe;
/// a callback may start, change and dispose timers and may move the clock on.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;

    /// <summary>A clock at midnight of 1 January 2026, UTC.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock at a moment.</summary>
    /// <param name="start">The moment that it shows.</param>
    public ManualTimeProvider(DateTimeOffset start)
    {
        _start = start.ToUniversalTime();
        _now = _start;
    }

    /// <summary>One tick of the timestamp is 100 nanoseconds.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, so that no test depends on where it runs.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Moves the clock on and fires the timers that become due. What several threads move it by adds up.</summary>
    /// <param name="by">How far; not negative. Zero fires what is due already.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        while (TakeNextDue(ref by) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves the clock on to a moment and fires the timers that become due.</summary>
    /// <param name="moment">The moment; not before the one that the clock shows.</param>
    public void SetUtcNow(DateTimeOffset moment)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(moment, _now);
        }

        while (TakeNextDueUntil(moment) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeNextDueUntil(DateTimeOffset limit)
    {
        lock (_gate)
        {
            var left = limit > _now ? limit - _now : TimeSpan.Zero;
            return TakeNextDue(ref left);
        }
    }

    private ManualTimer? TakeNextDue(ref TimeSpan left)
    {
        lock (_gate)
        {
            var limit = _now + left;
            ManualTimer? next = null;
            foreach (var timer in _timers)
            {
                if (timer.Due <= limit && (next is null || timer.Due < next.Due))
                {
                    next = timer;
                }
            }

            var moment = next?.Due ?? limit;
            if (moment > _now)
            {
                left -= moment - _now;
                _now = moment;
            }

            if (next is not null && !next.Repeat())
            {
                _timers.Remove(next);
            }

            return next;
        }
    }

    private bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (timer.IsDisposed)
            {
                return false;
            }

            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Set(_now + dueTime, period);
                _timers.Add(timer);
            }

            return true;
        }
    }

    private void Forget(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool IsDisposed { get; set; }

        public void Set(DateTimeOffset due, TimeSpan period)
        {
            Due = due;
            _period = period;
        }

        public bool Repeat()
        {
            if (_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero)
            {
                return false;
            }

            Due += _period;
            return true;
        }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
            var scheduled = clock.Schedule(this, dueTime, period);
            if (scheduled && dueTime == TimeSpan.Zero)
            {
                clock.Advance(TimeSpan.Zero);
            }

            return scheduled;
        }

        public void Dispose() => clock.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
