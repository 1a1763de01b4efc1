namespace RedisPatterns.Testing;

/// <summary>Other code's model of <see cref="Account"/>: one index, and of another name.</summary>
internal sealed class NarrowAccountModel : EntityModel<Account>
{
    public NarrowAccountModel(EntityLayout layout)
        : base("account", account => account.Id, ConformanceJson.Default.Account)
    {
        StoreAs(layout);
        MayExpire();
        Version(account => account.Version, (account, version) => account with { Version = version });
        ByText = Tag("text", account => account.Text);
    }

    public TagIndex<Account, string> ByText { get; }
}
