namespace RedisPatterns;

/// <summary>A set of series, or what a rule makes of one: where its samples lie, and by which options.</summary>
internal sealed class SeriesSet
{
    private readonly string _tag;
    private readonly string _entries;

    /// <summary>A set.</summary>
    /// <param name="keyspace">The keyspace.</param>
    /// <param name="catalogue">The name of the set whose catalogue it shares.</param>
    /// <param name="name">Its own name.</param>
    /// <param name="options">Its options.</param>
    public SeriesSet(Keyspace keyspace, string catalogue, string name, TimeSeriesOptions options)
    {
        (Keyspace, Name, Options, _tag) = (keyspace, name, options, keyspace.Tag);
        _entries = KeyGrammar.EntityPrefix(_tag, KeyGrammar.SeriesModel(catalogue));
        Engine = options.Engine == SeriesEngine.Automatic ? SeriesEngine.Chunks : options.Engine;
        Period = SeriesPeriod.Of(options, Engine);
    }

    public Keyspace Keyspace { get; }

    public IKeyValueStore Store => Keyspace.Store;

    public string Name { get; }

    public TimeSeriesOptions Options { get; }

    public SeriesEngine Engine { get; }

    public SeriesPeriod Period { get; }

    /// <summary>The key that holds how the samples lie.</summary>
    public StoreKey OptionsKey => KeyGrammar.SeriesOptions(_tag, Name);

    /// <summary>The key of a series' entry in the catalogue: while it is there, so is the series.</summary>
    public StoreKey EntryKey(string series) => _entries + KeyGrammar.Escape(series);

    /// <summary>The key of a series' samples, or what their keys begin with.</summary>
    public string KeyOf(string series) => KeyGrammar.Series(_tag, Name, series);
}
