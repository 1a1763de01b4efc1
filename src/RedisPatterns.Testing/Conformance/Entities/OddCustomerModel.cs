namespace RedisPatterns.Testing;

/// <summary>Another version of <see cref="CustomerModel"/>: an index of the same name is of another kind.</summary>
internal sealed class OddCustomerModel : EntityModel<Customer>
{
    public OddCustomerModel(EntityLayout layout, int revision)
        : base("customer", customer => customer.Id, ConformanceJson.Default.Customer)
    {
        StoreAs(layout);
        Version(customer => customer.Version, (customer, version) => customer with { Version = version });
        ByAge = Tag("age", customer => customer.Age, revision: revision);
    }

    public TagIndex<Customer, int?> ByAge { get; }
}
