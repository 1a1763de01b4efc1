namespace RedisPatterns;

/// <summary>The samples of a call by their series, in the order of the call, and where each stood in it.</summary>
internal sealed class SampleGroups
{
    private readonly List<string> _names = [];
    private readonly List<List<SeriesSample>> _samples = [];
    private readonly List<List<int>> _places = [];

    public SampleGroups(IReadOnlyList<NamedSample> entries)
    {
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var (name, sample) = entries[i];
            if (!byName.TryGetValue(name, out var group))
            {
                byName[name] = group = _names.Count;
                _names.Add(name);
                _samples.Add([]);
                _places.Add([]);
            }

            _samples[group].Add(sample);
            _places[group].Add(i);
        }
    }

    public List<SeriesWrite> Writes => [.. _names.Select((name, i) => new SeriesWrite(name, _samples[i].ToArray()))];

    /// <summary>Where a sample stood in the call.</summary>
    public int PlaceOf(int write, int sample) => _places[write][sample];
}
