using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Notes, with each change of a set's samples and in the same step, which stretches the rules have to make anew.</summary>
/// <remarks>
/// <para>
/// A series with changes has a sorted set: the beginnings of the stretches, each with the number of its changes as the score; and it is
/// in the set of series that have some. Who has worked a stretch off removes it only if the number is still the one he began with.
/// </para>
/// <para>
/// The number begins anew when another has worked the stretch off, and may then come to what it was. So whoever works stretches off draws
/// a new turn of the series in the same step, and does it only if the turn is still the one he began with. The first change draws one as
/// well, so that a series that was removed and made anew has another.
/// </para>
/// </remarks>
internal sealed class SeriesMarks
{
    private readonly SeriesSet _set;

    /// <summary>The marks of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="length">How long a stretch is, in milliseconds.</param>
    public SeriesMarks(SeriesSet set, long length)
    {
        (_set, Length) = (set, length);
        Pending = KeyGrammar.SeriesPending(set.Keyspace.Tag, set.Name);
    }

    /// <summary>How long a stretch is, in milliseconds.</summary>
    public long Length { get; }

    /// <summary>The key of the set of series that have changes.</summary>
    public StoreKey Pending { get; }

    /// <summary>The key of a series' changes.</summary>
    public StoreKey KeyOf(string series) => KeyGrammar.SeriesMarks(_set.KeyOf(series));

    /// <summary>The key of a series' <see cref="SeriesTurn"/>.</summary>
    public StoreKey TurnOf(string series) => KeyGrammar.SeriesTurn(_set.KeyOf(series));

    /// <summary>Notes that samples have changed.</summary>
    public void Mark(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add)
    {
        var stretches = new SortedSet<long>();
        foreach (var sample in samples)
        {
            stretches.Add(StartOf(sample.Timestamp));
        }

        Mark(series, stretches, add);
    }

    /// <summary>Notes that samples of moments have changed.</summary>
    public void Mark(string series, ReadOnlySpan<long> timestamps, Action<StoreCommand> add)
    {
        var stretches = new SortedSet<long>();
        foreach (var timestamp in timestamps)
        {
            stretches.Add(StartOf(timestamp));
        }

        Mark(series, stretches, add);
    }

    private long StartOf(long timestamp) => timestamp - (timestamp % Length);

    private void Mark(string series, SortedSet<long> stretches, Action<StoreCommand> add)
    {
        if (stretches.Count == 0)
        {
            return;
        }

        var key = KeyOf(series);
        foreach (var stretch in stretches)
        {
            add(SortedSets.Increment(key, stretch, 1));
        }

        add(Sets.Add(Pending, series));
        add(Strings.Set(TurnOf(series), SeriesTurn.Next(cut: 0), default, SetWhen.KeyAbsent));
    }
}
