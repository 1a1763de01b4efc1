namespace RedisPatterns;

/// <summary>Makes buckets of the samples of a read, in the order of the read.</summary>
/// <remarks>
/// A caller reads what <see cref="ReadRange"/> says into the sink until it wants no more, calls <see cref="Complete"/>, and takes the
/// buckets by <see cref="TryDrain"/>; or takes some after each page already. What stands for empty buckets, and rolling values, are
/// made when they are taken: the sink never holds more than the buckets with samples that were not taken, and those of one window, however wide the gaps are.
/// </remarks>
internal sealed class BucketSink : ISampleSink
{
    private readonly BucketGrid _grid;
    private readonly TimeRange _readRange;
    private readonly SummaryParts _parts;
    private readonly bool _descending;
    private readonly long _limit;
    private readonly SampleBuffer _output;
    private readonly FinishedBuckets _finished;
    private readonly BucketFiller _filler;
    private readonly CertainBuckets? _certain;
    private long _left;

    // The bucket that gets samples, and how many it got at once the last time.
    private SeriesSummary _open;
    private long _number;
    private long _start;
    private long _end = long.MaxValue;
    private int _run;

    /// <summary>A sink.</summary>
    /// <param name="aggregation">Which buckets, and what is made of them.</param>
    /// <param name="range">The range that is asked for.</param>
    /// <param name="descending">Whether the read descends, and with it the buckets.</param>
    /// <param name="limit">How many buckets are wanted in all, with those that stand for empty ones.</param>
    /// <param name="output">Where they go; may be emptied at any time.</param>
    public BucketSink(Aggregation aggregation, TimeRange range, bool descending, long limit, SampleBuffer output)
    {
        _grid = new(aggregation);
        _readRange = ReadRange(aggregation, range);
        _parts = aggregation.Aggregator.Parts();
        (_descending, _limit, _left, _output) = (descending, limit, limit, output);
        var (window, first) = (aggregation.BucketsOfWindow, _grid.NumberOf(range.From));
        _finished = window == 1 ? new PlainBuckets(aggregation.Aggregator) : new RollingBuckets(aggregation.Aggregator, window, first, descending);
        _filler = new(aggregation, _grid, descending, _finished);
        _certain = limit == long.MaxValue ? null : new(window, aggregation.Empty, descending, first);
    }

    private bool IsEnough => _certain?.Count >= _limit;

    /// <summary>What must be read for the buckets of a range: it begins with the first window where there are windows, so that the first bucket is whole too, and is the range itself otherwise.</summary>
    public static TimeRange ReadRange(Aggregation aggregation, TimeRange range)
    {
        if (aggregation.Window is null || range.IsEmpty)
        {
            return range;
        }

        var grid = new BucketGrid(aggregation);
        return new(Math.Max(0, grid.StartOf(grid.NumberOf(range.From) + 1 - aggregation.BucketsOfWindow)), range.To);
    }

    /// <inheritdoc/>
    /// <remarks>All of them lie in <see cref="ReadRange"/>. False once the buckets that are wanted are certain.</remarks>
    public bool Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        while (!IsEnough)
        {
            if (timestamps.IsEmpty)
            {
                return true;
            }

            MoveTo(_descending ? timestamps[^1] : timestamps[0]);
            if (_descending)
            {
                var from = timestamps[0] >= _start ? 0 : SortedMoments.FirstNotBefore(timestamps, _start, timestamps.Length - _run);
                _run = timestamps.Length - from;
                Take(timestamps[from..], values[from..], isLast: from > 0);
                timestamps = timestamps[..from];
                values = values[..from];
            }
            else
            {
                _run = timestamps[^1] < _end ? timestamps.Length : SortedMoments.FirstNotBefore(timestamps, _end, _run);
                Take(timestamps[.._run], values[.._run], isLast: _run < timestamps.Length);
                timestamps = timestamps[_run..];
                values = values[_run..];
            }
        }

        return false;
    }

    /// <inheritdoc/>
    /// <remarks>Takes it where it lies in one bucket (with windows, in one part of them) and in the range. False also when enough is there: <see cref="Add"/> says so then.</remarks>
    public bool TryAdd(in SeriesSummary stretch)
    {
        if (stretch.Count == 0)
        {
            return true;
        }

        if (IsEnough || stretch.FirstTime < _readRange.From || stretch.LastTime >= _readRange.To)
        {
            return false;
        }

        var isInOpen = _open.Count > 0 && stretch.FirstTime >= _start && stretch.LastTime < _end;
        if (!isInOpen && _grid.NumberOf(stretch.FirstTime) != _grid.NumberOf(stretch.LastTime))
        {
            return false;
        }

        MoveTo(stretch.FirstTime);
        Take(stretch);
        return true;
    }

    /// <summary>The read has ended: what it gave makes the last buckets.</summary>
    public void Complete()
    {
        Finish();
        _finished.Complete();
    }

    /// <summary>Moves buckets that are finished to the output.</summary>
    /// <param name="most">The most.</param>
    /// <returns>Whether there were any: when not, the next page is to be read, or after <see cref="Complete"/> all is done.</returns>
    public bool TryDrain(int most)
    {
        var count = _filler.MoveTo(_output, Math.Min(most, _left));
        _left -= count;
        return count > 0;
    }

    private void MoveTo(long timestamp)
    {
        if (_open.Count > 0 && timestamp >= _start && timestamp < _end)
        {
            return;
        }

        Finish();
        if (timestamp >= _end && _grid.EndOf(_number + 1) is var end && timestamp < end)
        {
            // The neighbour needs no division.
            (_number, _start, _end) = (_number + 1, _end, end);
        }
        else
        {
            _number = _grid.NumberOf(timestamp);
            (_start, _end) = (_grid.StartOf(_number), _grid.EndOf(_number));
        }

        _certain?.Begin(_number);
    }

    // The last stretch of a bucket, which is often the only one.
    private void Take(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, bool isLast)
    {
        if (isLast && _open.Count == 0)
        {
            _finished.Add(_number, SeriesSummary.Of(timestamps, values, _parts));
        }
        else
        {
            Take(SeriesSummary.Of(timestamps, values, _parts));
        }
    }

    private void Take(in SeriesSummary stretch) => _open =
        _open.Count == 0 ? stretch
        : _descending ? SeriesSummary.Merge(stretch, _open)
        : SeriesSummary.Merge(_open, stretch);

    private void Finish()
    {
        if (_open.Count > 0)
        {
            _finished.Add(_number, _open);
            _open = default;
        }
    }
}
