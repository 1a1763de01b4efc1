namespace RedisPatterns.Testing;

/// <summary>An older version of <see cref="CustomerModel"/>: without any index.</summary>
internal sealed class BareCustomerModel : EntityModel<Customer>
{
    public BareCustomerModel(EntityLayout layout)
        : base("customer", customer => customer.Id, ConformanceJson.Default.Customer)
    {
        StoreAs(layout);
        Version(customer => customer.Version, (customer, version) => customer with { Version = version });
    }
}
