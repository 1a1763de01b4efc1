using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>Combines the values that several series have at the same moments. What is not a number, as what stands for empty buckets may be, is left out.</summary>
/// <remarks>
/// Series of one grid mostly have the same moments one after the other: so each value is first looked for behind the place of the
/// one before it, and in a dictionary only when it is not there.
/// </remarks>
internal sealed class SeriesReducer
{
    private readonly Aggregator _aggregator;
    private readonly bool _needsSquares;
    private readonly Dictionary<long, int> _places = [];
    private Moment[] _moments = new Moment[64];

    /// <summary>A reducer.</summary>
    /// <param name="aggregator">What is made of the values of a moment; one that <see cref="CanReduce"/>.</param>
    public SeriesReducer(Aggregator aggregator)
    {
        if (!CanReduce(aggregator))
        {
            throw new ArgumentOutOfRangeException(nameof(aggregator), "Series have no order, and no time between them.");
        }

        (_aggregator, _needsSquares) = (aggregator, (aggregator.Parts() & SummaryParts.Squares) != 0);
    }

    /// <summary>How many moments there are.</summary>
    public int Count => _places.Count;

    /// <summary>Whether an aggregator makes sense for the values of several series at one moment.</summary>
    public static bool CanReduce(Aggregator aggregator) =>
        Enum.IsDefined(aggregator) && aggregator is not (Aggregator.First or Aggregator.Last or Aggregator.TimeWeightedAverage);

    /// <summary>Takes the values of a series.</summary>
    /// <param name="timestamps">Their moments, each once; in order, whichever, for speed alone.</param>
    /// <param name="values">Their values, as many.</param>
    public void Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        var place = 0;
        for (var i = 0; i < timestamps.Length; i++, place++)
        {
            if (place >= Count || _moments[place].Timestamp != timestamps[i])
            {
                place = PlaceOf(timestamps[i]);
            }

            if (!double.IsNaN(values[i]))
            {
                _moments[place].Add(values[i], _needsSquares);
            }
        }
    }

    /// <summary>Writes the value of each moment, in order. A moment where no series has a number is NaN, or 0 for <see cref="Aggregator.Count"/>.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="descending">Whether the latest comes first.</param>
    public void WriteTo(SampleBuffer output, bool descending)
    {
        var moments = _moments.AsSpan(0, Count);
        var timestamps = new long[Count];
        var places = new int[Count];
        for (var i = 0; i < places.Length; i++)
        {
            (timestamps[i], places[i]) = (moments[i].Timestamp, i);
        }

        Array.Sort(timestamps, places);
        if (descending)
        {
            Array.Reverse(places);
        }

        foreach (var place in places)
        {
            output.Add(moments[place].Timestamp, moments[place].ValueOf(_aggregator));
        }
    }

    private int PlaceOf(long timestamp)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, timestamp, out var isThere);
        if (!isThere)
        {
            place = Count - 1;
            if (place == _moments.Length)
            {
                Array.Resize(ref _moments, 2 * place);
            }

            _moments[place].Timestamp = timestamp;
        }

        return place;
    }

    private struct Moment
    {
        public long Timestamp;
        private long _count;
        private double _sum;
        private double _minimum;
        private double _maximum;
        private double _mean;
        private double _squares;

        public void Add(double value, bool needsSquares)
        {
            (_minimum, _maximum) = _count == 0
                ? (value, value)
                : (value < _minimum ? value : _minimum, value > _maximum ? value : _maximum);
            _count++;
            _sum += value;
            if (needsSquares)
            {
                // After Welford: "Note on a method for calculating corrected sums of squares and products" (1962).
                var distance = value - _mean;
                _mean += distance / _count;
                _squares += distance * (value - _mean);
            }
        }

        public readonly double ValueOf(Aggregator aggregator) =>
            _count > 0 ? new SeriesSummary(_count, 0, 0, 0, 0, _minimum, _maximum, _sum, _squares, 0).ValueOf(aggregator)
            : aggregator == Aggregator.Count ? 0
            : double.NaN;
    }
}
