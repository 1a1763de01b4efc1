namespace RedisPatterns.Testing;

/// <summary>The model of the conformance suites: every kind of index, and a version.</summary>
internal sealed class CustomerModel : EntityModel<Customer>
{
    public CustomerModel(EntityLayout layout)
        : base("customer", customer => customer.Id, ConformanceJson.Default.Customer)
    {
        StoreAs(layout);
        Version(customer => customer.Version, (customer, version) => customer with { Version = version });
        ByEmail = Unique("email", customer => customer.Email);
        ByStatus = Tag("status", customer => customer.Status);
        ByLabel = Tags("label", customer => customer.Labels);
        ByAge = Range("age", customer => customer.Age);
        ByCreated = Range("created", customer => customer.Created);
    }

    public UniqueIndex<Customer, string?> ByEmail { get; }

    public TagIndex<Customer, string?> ByStatus { get; }

    public TagIndex<Customer, string> ByLabel { get; }

    public RangeIndex<Customer, int?> ByAge { get; }

    public RangeIndex<Customer, DateTimeOffset> ByCreated { get; }
}
