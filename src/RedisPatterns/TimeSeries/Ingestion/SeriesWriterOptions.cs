namespace RedisPatterns;

/// <summary>How much a <see cref="SeriesWriter"/> holds, when it writes, and what it does when the store does not take it.</summary>
public sealed class SeriesWriterOptions
{
    internal static SeriesWriterOptions Default { get; } = new();

    /// <summary>How many samples it holds at most, those on their way included; 100,000 unless set, 2 to 100,000,000. About 32 bytes each, taken as they are needed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public int Capacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2, nameof(Capacity));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100_000_000, nameof(Capacity));
            field = value;
        }
    } = 100_000;

    /// <summary>How many samples make a batch that is written at once; 1,000 unless set, 1 to 10,000. A batch is never more than half of <see cref="Capacity"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000, nameof(BatchSize));
            field = value;
        }
    } = 1_000;

    /// <summary>How long a sample waits for others to fill its batch; a second unless set, zero to a day. Behind a batch that is on its way it waits longer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan BatchDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(BatchDelay));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1), nameof(BatchDelay));
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>What becomes of a sample that there is no room for; <see cref="WhenFull.Wait"/> unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such way.</exception>
    public WhenFull WhenFull
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(WhenFull), "There is no such way.");
    }

    /// <summary>How often and how fast a batch is sent again that got no answer, or that the server can not take now, or that others were quicker than; the defaults of <see cref="RetryOptions"/> unless set. Its clock has no meaning here.</summary>
    public RetryOptions Retry { get; init; } = RetryOptions.Default;

    /// <summary>How long a batch rests that could not be written within the bounds of <see cref="Retry"/>; 5 seconds unless set, a millisecond to an hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan FailurePause
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1), nameof(FailurePause));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1), nameof(FailurePause));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>Is told of a batch that could not be written, and says what becomes of it; null, so that it is kept, unless set. Called between two batches, so it should be quick; what it throws means that the batch is kept.</summary>
    public Func<SeriesBatchFailure, FailedBatch>? BatchFailed { get; init; }

    /// <summary>How long the store remembers a batch, so that it is written once however often it is sent; an hour unless set, a second to 366 days. One of unknown outcome that is sent again later may be written twice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of its range.</exception>
    public TimeSpan RememberFor
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1), nameof(RememberFor));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(366), nameof(RememberFor));
            field = value;
        }
    } = TimeSpan.FromHours(1);

    /// <summary>The clock of delays and pauses; the system's unless set.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
