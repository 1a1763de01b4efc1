namespace RedisPatterns;

/// <summary>Gives buckets in the order of the read, with what stands for the empty ones between them. Makes nothing before it is asked for.</summary>
internal sealed class BucketFiller(Aggregation aggregation, BucketGrid grid, bool descending, FinishedBuckets buckets)
{
    private readonly int _step = descending ? -1 : 1;
    private (long Number, double Value) _last;
    private (long Number, double Value) _next;
    private bool _hasLast;
    private bool _hasNext;
    private long _at;

    /// <summary>Moves buckets to an output.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="most">The most.</param>
    /// <returns>How many there were.</returns>
    public long MoveTo(SampleBuffer output, long most)
    {
        for (var count = 0L; count < most; count++)
        {
            if (!_hasNext && !TryTakeNext())
            {
                return count;
            }

            output.Add(MomentOf(_at), _at == _next.Number ? _next.Value : Fill());
            if (_at == _next.Number)
            {
                (_last, _hasLast, _hasNext) = (_next, true, false);
            }

            _at += _step;
        }

        return most;
    }

    private bool TryTakeNext()
    {
        if (!buckets.TryTake(out _next))
        {
            return false;
        }

        _hasNext = true;
        if (!_hasLast || aggregation.Empty == EmptyBuckets.Skip)
        {
            _at = _next.Number;
        }

        return true;
    }

    private double Fill()
    {
        var (earlier, later) = descending ? (_next, _last) : (_last, _next);
        return aggregation.Empty switch
        {
            EmptyBuckets.Zero => 0,
            EmptyBuckets.Previous => earlier.Value,
            EmptyBuckets.Linear => Between(earlier, later),
            _ => double.NaN,
        };
    }

    private double Between((long Number, double Value) earlier, (long Number, double Value) later)
    {
        var (from, to) = (MomentOf(earlier.Number), MomentOf(later.Number));
        return earlier.Value + ((later.Value - earlier.Value) * ((double)(MomentOf(_at) - from) / (to - from)));
    }

    private long MomentOf(long number) => grid.MomentOf(number, aggregation.At);
}
