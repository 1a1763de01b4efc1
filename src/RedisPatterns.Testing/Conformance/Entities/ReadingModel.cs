namespace RedisPatterns.Testing;

/// <summary>The model of an entity with a number of any size.</summary>
internal sealed class ReadingModel : EntityModel<Reading>
{
    public ReadingModel(EntityLayout layout)
        : base("reading", reading => reading.Id, ConformanceJson.Default.Reading)
    {
        StoreAs(layout);
        ByValue = Range("value", reading => reading.Value);
    }

    public RangeIndex<Reading, double> ByValue { get; }
}
