namespace RedisPatterns.Testing;

/// <summary>Another version of <see cref="CustomerModel"/>: an index fewer, and the others in another order.</summary>
internal sealed class NarrowCustomerModel : EntityModel<Customer>
{
    public NarrowCustomerModel(EntityLayout layout)
        : base("customer", customer => customer.Id, ConformanceJson.Default.Customer)
    {
        StoreAs(layout);
        Version(customer => customer.Version, (customer, version) => customer with { Version = version });
        ByLabel = Tags("label", customer => customer.Labels);
        ByEmail = Unique("email", customer => customer.Email);
        ByCreated = Range("created", customer => customer.Created);
    }

    public UniqueIndex<Customer, string?> ByEmail { get; }

    public TagIndex<Customer, string> ByLabel { get; }

    public RangeIndex<Customer, DateTimeOffset> ByCreated { get; }
}
