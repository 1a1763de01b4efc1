namespace RedisPatterns;

/// <summary>The catalogue of a set of series: entities by name, found by their labels.</summary>
internal sealed class SeriesModel : EntityModel<SeriesEntry>, IReservedModel
{
    public SeriesModel(string set)
        : base(KeyGrammar.SeriesModel(set), entry => entry.Name, SeriesJson.Default.SeriesEntry)
    {
        ByLabel = Tags("label", entry => entry.Labels.Select(label => (label.Key, label.Value)));
        ByName = Prefix("name", entry => entry.Name);
        ByLabelName = Tags("label-name", entry => (IEnumerable<string>)entry.Labels.Keys);
    }

    /// <summary>By the name: all series page by page need an index to go along.</summary>
    public PrefixIndex<SeriesEntry> ByName { get; }

    /// <summary>By a label and its value.</summary>
    public TagIndex<SeriesEntry, (string Label, string Value)> ByLabel { get; }

    /// <summary>By a label, whatever its value.</summary>
    public TagIndex<SeriesEntry, string> ByLabelName { get; }
}
