namespace RedisPatterns;

/// <summary>The periods of something that is counted by period: what keys name them, and when they end.</summary>
internal sealed class PeriodWindows
{
    private const int GreatestCount = 1_000;

    private readonly TimeProvider _clock;
    private readonly TimeSpan? _keep;

    public PeriodWindows(Keyspace keyspace, Period period, TimeSpan? keep, TimeProvider? clock)
    {
        _ = period.Letter();
        if (keep is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(keep));
        }

        (Keyspace, Period, _keep, _clock) = (keyspace, period, keep, clock ?? TimeProvider.System);
    }

    public Keyspace Keyspace { get; }

    public Period Period { get; }

    /// <summary>The moment that it is now.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>What keys name the period of a moment by, with the colon before it.</summary>
    public string SuffixOf(DateTimeOffset moment) => ":" + Period.TextOf(moment);

    /// <summary>The store whose keys end when the period of a moment need no longer be kept.</summary>
    public CountedStore StoreOf(DateTimeOffset moment) => new(Keyspace.Store, _keep is { } keep ? Period.EndOf(Period.StartOf(moment)) + keep : null);

    /// <summary>The first moments of the periods from one moment to another.</summary>
    /// <exception cref="ArgumentException">The second moment is before the first, or there are more than a thousand.</exception>
    public List<DateTimeOffset> Between(DateTimeOffset from, DateTimeOffset to) => Period.Between(from, to, GreatestCount);
}
