namespace RedisPatterns;

/// <summary>Counts the buckets of an output that no further sample can change, so that a read with a limit ends as early as it can. Makes none of them.</summary>
/// <param name="window">How many buckets a value is made of.</param>
/// <param name="empty">What stands for empty ones.</param>
/// <param name="descending">Whether the read descends.</param>
/// <param name="first">The first bucket of the range; those before it only have part in windows.</param>
internal sealed class CertainBuckets(int window, EmptyBuckets empty, bool descending, long first)
{
    // Buckets with samples, those that are counted left out.
    private readonly Queue<long> _begun = new();
    private bool _hasReached;
    private long _reached;
    private long _settled;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>A bucket begins to get samples: those before it in the read are finished.</summary>
    public void Begin(long number)
    {
        if (!_hasReached)
        {
            (_hasReached, _reached) = (true, number);
        }
        else if (descending)
        {
            _begun.Enqueue(number);
            CountDown(number);
        }
        else
        {
            CountUp(number);
        }
    }

    private void CountUp(long number)
    {
        if (_reached >= first)
        {
            // All but what depends on the value of the bucket that begins.
            Count = _settled + Between(_reached, number, empty == EmptyBuckets.Linear ? EmptyBuckets.Skip : empty);
            _settled += Between(_reached, number, empty);
        }

        _reached = number;
    }

    private void CountDown(long number)
    {
        // Windows that end here, or later, do not reach the bucket that begins.
        var from = number + window;
        while (_begun.TryPeek(out var earlier))
        {
            var certain = CertainOf(earlier, _reached, from);
            Count = _settled + certain;
            if (certain < CertainOf(earlier, _reached, long.MinValue))
            {
                return;
            }

            _settled += certain;
            _reached = _begun.Dequeue();
        }
    }

    // Of the later bucket and those between it and the earlier one, those from a number on.
    private long CertainOf(long earlier, long later, long from)
    {
        var own = later >= first && later >= from ? 1 : 0;
        if (earlier < first)
        {
            return own;
        }

        var greatestWithSample = Math.Min(later - 1, earlier + window - 1);
        var needsValue = empty is EmptyBuckets.Previous or EmptyBuckets.Linear;
        var greatest = empty == EmptyBuckets.Skip || (needsValue && from > earlier + window - 1) ? greatestWithSample : later - 1;
        return own + Math.Max(0, greatest - Math.Max(from, earlier + 1) + 1);
    }

    // Of the earlier bucket and those behind it, before the later one.
    private long Between(long earlier, long later, EmptyBuckets filledWith) =>
        filledWith == EmptyBuckets.Skip ? Math.Min(later - earlier, window) : later - earlier;
}
