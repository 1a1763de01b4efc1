using RedisPatterns;

namespace Storefront.Model;

/// <summary>How the stock is stored: by article, with a version, so that nobody sells what he has not seen.</summary>
public sealed class StockModel : EntityModel<StockItem>
{
    public StockModel()
        : base("stock", s => s.Id, StorefrontJson.Default.StockItem)
    {
        StoreAs(EntityLayout.Hash);
        Version(s => s.Version, (s, version) => s with { Version = version });
        Quantity = Field("quantity", s => s.Quantity);
    }

    public EntityField<StockItem, short> Quantity { get; }
}
