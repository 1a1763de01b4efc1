using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>The model of the conformance suites with every kind of index.</summary>
internal sealed class WareModel : EntityModel<Ware>
{
    public WareModel(EntityLayout layout, bool expires = false)
        : base("ware", ware => ware.Id, ConformanceJson.Default.Ware)
    {
        StoreAs(layout);
        Version(ware => ware.Version, (ware, version) => ware with { Version = version });
        if (expires)
        {
            ExpireAt(ware => ware.Ends);
        }

        ByCode = Unique("code", ware => ware.Code?.ToUpperInvariant());
        ByRegionCode = Unique("region-code", ware => (ware.Region, ware.Code));
        ByStatus = Tag("status", ware => ware.Status);
        ByLabel = Tags("label", ware => ware.Labels);
        ByShelf = Tag("shelf", ware => ware.Shelf?.Name);
        ByStock = Range("stock", ware => ware.Stock);
        ByPrice = Range("price", ware => ware.Price);
        BySerial = Range("serial", ware => ware.Serial, exact: true);
        ByMade = Range("made", ware => ware.Made);
        ByOpenStock = Range("open-stock", ware => ware.Stock, when: ware => ware.IsOpen);
        ByStatusStock = Composite("status-stock", ware => ware.Status, ware => ware.Stock);
        ByGradeMade = Composite("grade-made", ware => ware.Grade, ware => ware.Made, descending: CompositeParts.Second);
        ByRegion = Composite("region", ware => ware.Region, ware => ware.IsOpen, ware => ware.Batch, ware => ware.Name, CompositeParts.First | CompositeParts.Third);
        ByName = Prefix("name", ware => ware.Name?.ToLowerInvariant());
        ByWord = Words("word", ware => ware.Name?.ToLowerInvariant().Split(' '));
        BySpot = Geo("spot", ware => ware.Spot is { } spot ? new GeoPosition(spot.Longitude, spot.Latitude) : null);
        Fields = [Field("name", ware => ware.Name), Field("stock", ware => ware.Stock)];
    }

    public UniqueIndex<Ware, string?> ByCode { get; }

    public UniqueIndex<Ware, (string? Region, string? Code)> ByRegionCode { get; }

    public TagIndex<Ware, string?> ByStatus { get; }

    public TagIndex<Ware, string> ByLabel { get; }

    public TagIndex<Ware, string?> ByShelf { get; }

    public RangeIndex<Ware, int> ByStock { get; }

    public RangeIndex<Ware, decimal?> ByPrice { get; }

    public RangeIndex<Ware, long> BySerial { get; }

    public RangeIndex<Ware, DateTimeOffset> ByMade { get; }

    public RangeIndex<Ware, int> ByOpenStock { get; }

    public CompositeIndex<Ware, string?, int> ByStatusStock { get; }

    public CompositeIndex<Ware, WareGrade?, DateTimeOffset> ByGradeMade { get; }

    public CompositeIndex<Ware, string?, bool, Guid, string?> ByRegion { get; }

    public PrefixIndex<Ware> ByName { get; }

    public WordsIndex<Ware> ByWord { get; }

    public GeoIndex<Ware> BySpot { get; }

    public EntityField<Ware>[] Fields { get; }
}
