using RedisPatterns;

namespace Storefront.Model;

/// <summary>How orders are stored: as whole documents, with ids that sort by time.</summary>
public sealed class OrderModel : EntityModel<Order, Ulid>
{
    public OrderModel()
        : base("order", o => o.Id, StorefrontJson.Default.Order)
    {
        GenerateIds(IdGenerators.Ulid(), (o, id) => o with { Id = id });
        ByCustomer = Tag("customer", o => o.Customer);
        ByTotal = Range("total", o => o.TotalCents);
    }

    public TagIndex<Order, string> ByCustomer { get; }

    public RangeIndex<Order, long> ByTotal { get; }
}
