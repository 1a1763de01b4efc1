using System.Buffers;

namespace RedisPatterns;

/// <summary>Samples that came late, until they are merged with the others; no room is taken before the first.</summary>
internal ref struct LateSamples
{
    private const int SmallestRoom = 256;

    private LateSample[]? _samples;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add(long timestamp, double value)
    {
        if (Count == (_samples?.Length ?? 0))
        {
            Grow();
        }

        _samples![Count] = new(timestamp, Count, value);
        Count++;
    }

    /// <summary>Merges them with samples.</summary>
    /// <param name="samples">What came before them, ascending.</param>
    /// <param name="policy">What becomes of samples of one moment.</param>
    /// <param name="target">Where the result goes.</param>
    public readonly void MergeInto(scoped ref PooledSamples target, scoped in PooledSamples samples, DuplicatePolicy policy)
    {
        var timestamps = samples.Timestamps;
        var values = samples.Values;
        for (ReadOnlySpan<LateSample> late = Sorted(); !late.IsEmpty;)
        {
            var timestamp = late[0].Timestamp;
            var untouched = 0;
            while (untouched < timestamps.Length && timestamps[untouched] < timestamp)
            {
                untouched++;
            }

            target.Add(timestamps[..untouched], values[..untouched]);
            var stands = untouched < timestamps.Length && timestamps[untouched] == timestamp;
            double? value = stands ? values[untouched] : null;
            var behind = stands ? untouched + 1 : untouched;
            timestamps = timestamps[behind..];
            values = values[behind..];
            for (; !late.IsEmpty && late[0].Timestamp == timestamp; late = late[1..])
            {
                value = BucketRecord.Resolve(value, late[0].Value, policy);
            }

            if (value is { } left)
            {
                target.Add(timestamp, left);
            }
        }

        target.Add(timestamps, values);
    }

    public readonly void Dispose()
    {
        if (_samples is not null)
        {
            ArrayPool<LateSample>.Shared.Return(_samples);
        }
    }

    private readonly Span<LateSample> Sorted()
    {
        var samples = _samples.AsSpan(0, Count);
        for (var i = 1; i < samples.Length; i++)
        {
            if (samples[i].Timestamp < samples[i - 1].Timestamp)
            {
                samples.Sort();
                break;
            }
        }

        return samples;
    }

    private void Grow()
    {
        var room = ArrayPool<LateSample>.Shared.Rent(Math.Max(2 * Count, SmallestRoom));
        _samples.AsSpan(0, Count).CopyTo(room);
        Dispose();
        _samples = room;
    }
}
