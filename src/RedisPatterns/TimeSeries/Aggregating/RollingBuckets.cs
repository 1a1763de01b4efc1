namespace RedisPatterns;

/// <summary>Buckets that have the value of all samples in a window that ends with them.</summary>
/// <remarks>
/// They begin with the first that has samples itself and does not lie before the range, and end with the last that has; of those
/// between, each whose window has a sample. They are made when they are taken, since a few samples can make very many.
/// </remarks>
/// <param name="aggregator">What is made of the samples.</param>
/// <param name="length">How many buckets a window has.</param>
/// <param name="first">The first bucket of the range; those before it only have part in windows.</param>
/// <param name="descending">Whether the read descends.</param>
internal sealed class RollingBuckets(Aggregator aggregator, int length, long first, bool descending) : FinishedBuckets
{
    private readonly Queue<(long Number, SeriesSummary Summary)> _waiting = new();
    private readonly RollingSummary _window = new(descending);
    private bool _began;
    private bool _isComplete;
    private long _next;

    public override void Add(long number, in SeriesSummary summary) => _waiting.Enqueue((number, summary));

    public override void Complete() => _isComplete = true;

    public override bool TryTake(out (long Number, double Value) bucket)
    {
        if (descending ? TryMoveDown() : TryMoveUp())
        {
            bucket = (_next, _window.Total.ValueOf(aggregator));
            _next += descending ? -1 : 1;
            return true;
        }

        bucket = default;
        return false;
    }

    // What comes behind the last bucket with samples has no value, so one waits behind those that are given.
    private bool TryMoveUp()
    {
        while (_waiting.TryPeek(out var later))
        {
            if (_began && _next < later.Number)
            {
                LeaveBefore(_next + 1 - length);
                if (!_window.IsEmpty)
                {
                    return true;
                }
            }

            _waiting.Dequeue();
            _window.Enter(later.Number, later.Summary);
            LeaveBefore(later.Number + 1 - length);
            if (later.Number >= first)
            {
                (_began, _next) = (true, later.Number);
                return true;
            }
        }

        return false;
    }

    private bool TryMoveDown()
    {
        if (!_began && _waiting.TryPeek(out var latest))
        {
            (_began, _next) = (true, latest.Number);
        }

        while (true)
        {
            while (_waiting.TryPeek(out var earlier) && earlier.Number > _next - length)
            {
                _waiting.Dequeue();
                _window.Enter(earlier.Number, earlier.Summary);
            }

            while (!_window.IsEmpty && _window.Foremost > _next)
            {
                _window.Leave();
            }

            // The window is known to be whole only when a bucket before it waits.
            if (_waiting.Count == 0 && !_isComplete)
            {
                return false;
            }

            if (!_window.IsEmpty)
            {
                return _window.Foremost >= first;
            }

            if (_waiting.Count == 0)
            {
                return false;
            }

            _next = _waiting.Peek().Number + length - 1;
        }
    }

    private void LeaveBefore(long number)
    {
        while (!_window.IsEmpty && _window.Foremost < number)
        {
            _window.Leave();
        }
    }
}
