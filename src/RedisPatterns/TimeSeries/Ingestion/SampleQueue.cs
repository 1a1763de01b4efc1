namespace RedisPatterns;

/// <summary>Samples in the order of their coming, with the moment of it. Grows as it is needed. Not thread-safe.</summary>
internal sealed class SampleQueue
{
    private const int Smallest = 16;

    private (NamedSample Sample, long Since)[] _ring = [];
    private int _first;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>When the first came; there is one.</summary>
    public long Since => _ring[_first].Since;

    /// <summary>Adds one at the end.</summary>
    public void Add(in NamedSample sample, long since)
    {
        if (Count == _ring.Length)
        {
            var grown = new (NamedSample, long)[Math.Max(Smallest, Count * 2)];
            _ring.AsSpan(_first).CopyTo(grown);
            _ring.AsSpan(0, _first).CopyTo(grown.AsSpan(Count - _first));
            (_ring, _first) = (grown, 0);
        }

        var place = _first + Count++;
        _ring[place < _ring.Length ? place : place - _ring.Length] = (sample, since);
    }

    /// <summary>Takes the first; there is one.</summary>
    public NamedSample Take()
    {
        var sample = _ring[_first].Sample;
        _ring[_first] = default;
        _first = _first + 1 < _ring.Length ? _first + 1 : 0;
        Count--;
        return sample;
    }
}
