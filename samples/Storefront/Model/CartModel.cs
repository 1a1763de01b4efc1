using RedisPatterns;

namespace Storefront.Model;

/// <summary>How carts are stored: the lines are a field that patches append to and remove from.</summary>
public sealed class CartModel : EntityModel<Cart>
{
    public CartModel()
        : base("cart", c => c.Id, StorefrontJson.Default.Cart)
    {
        StoreAs(EntityLayout.Hash);
        Version(c => c.Version, (c, version) => c with { Version = version });
        MayExpire();
        Lines = Collection("lines", c => c.Lines);
        TotalCents = Field("totalCents", c => c.TotalCents);
        Customer = Field("customer", c => c.Customer);
        ByCustomer = Tag("customer", Customer);
    }

    public EntityField<Cart, string> Customer { get; }

    public EntityCollection<Cart, CartLine> Lines { get; }

    public EntityField<Cart, long> TotalCents { get; }

    public TagIndex<Cart, string> ByCustomer { get; }
}
