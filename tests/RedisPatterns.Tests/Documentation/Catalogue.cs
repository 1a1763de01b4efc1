using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Documentation;

// snippet: entities-model
public sealed record Product(
    string Id, string Sku, string Name, decimal Price, int Stock, IReadOnlyList<string> Labels, DateTimeOffset Created, long Version = 0);

[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Order))]
public sealed partial class CatalogueJson : JsonSerializerContext;

public sealed class ProductModel : EntityModel<Product>
{
    public ProductModel()
        : base("product", p => p.Id, CatalogueJson.Default.Product)
    {
        Version(p => p.Version, (p, version) => p with { Version = version });
        BySku = Unique("sku", p => p.Sku.ToUpperInvariant());
        ByLabel = Tags("label", p => p.Labels);
        ByPrice = Range("price", p => p.Price);
        ByCreated = Range("created", p => p.Created);
    }

    public UniqueIndex<Product, string> BySku { get; }

    public TagIndex<Product, string> ByLabel { get; }

    public RangeIndex<Product, decimal> ByPrice { get; }

    public RangeIndex<Product, DateTimeOffset> ByCreated { get; }
}

// end-snippet
public sealed record Order(string Id, string ProductId, int Quantity, long Version = 0);

public sealed class OrderModel : EntityModel<Order>
{
    public OrderModel()
        : base("order", o => o.Id, CatalogueJson.Default.Order)
    {
        Version(o => o.Version, (o, version) => o with { Version = version });
        ByProduct = Tag("product", o => o.ProductId);
    }

    public TagIndex<Order, string> ByProduct { get; }
}
