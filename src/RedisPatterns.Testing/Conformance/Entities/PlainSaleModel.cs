namespace RedisPatterns.Testing;

/// <summary>The model of code that does not know of totals yet.</summary>
internal sealed class PlainSaleModel : EntityModel<Sale>
{
    public PlainSaleModel(EntityLayout layout)
        : base("sale", sale => sale.Id, ConformanceJson.Default.Sale)
    {
        StoreAs(layout);
        Version(sale => sale.Version, (sale, version) => sale with { Version = version });
        ByRegion = Tag("region", sale => sale.Region);
    }

    public TagIndex<Sale, string?> ByRegion { get; }
}
