using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>What is known of the buckets of a window that moves: they enter at one end, leave at the other, and nothing is ever subtracted.</summary>
/// <remarks>
/// A queue of two stacks. Those that leave next stand in front, each with all that entered after it and stands there too; when
/// they are gone all others move there at once. So each bucket is merged about three times, however long the window is.
/// </remarks>
/// <param name="descending">Whether the window moves to the past.</param>
internal sealed class RollingSummary(bool descending)
{
    private readonly Stack<(long Number, SeriesSummary Total)> _front = new();
    private readonly List<(long Number, SeriesSummary Summary)> _back = [];
    private SeriesSummary _totalOfBack;

    public bool IsEmpty => _front.Count + _back.Count == 0;

    /// <summary>The bucket that entered first of those that are there.</summary>
    public long Foremost => _front.TryPeek(out var front) ? front.Number : _back[0].Number;

    /// <summary>All of them together.</summary>
    public SeriesSummary Total => _front.TryPeek(out var front) ? Join(front.Total, _totalOfBack) : _totalOfBack;

    /// <summary>Takes a bucket in.</summary>
    public void Enter(long number, in SeriesSummary summary)
    {
        _back.Add((number, summary));
        _totalOfBack = Join(_totalOfBack, summary);
    }

    /// <summary>Leaves the foremost out.</summary>
    public void Leave()
    {
        if (_front.Count == 0)
        {
            var total = default(SeriesSummary);
            var back = CollectionsMarshal.AsSpan(_back);
            for (var i = back.Length - 1; i >= 0; i--)
            {
                total = Join(back[i].Summary, total);
                _front.Push((back[i].Number, total));
            }

            _back.Clear();
            _totalOfBack = default;
        }

        _front.Pop();
    }

    private SeriesSummary Join(in SeriesSummary before, in SeriesSummary after) =>
        descending ? SeriesSummary.Merge(after, before) : SeriesSummary.Merge(before, after);
}
