namespace RedisPatterns.Testing;

/// <summary>The model of <see cref="OddAccount"/>, without indexes.</summary>
internal sealed class OddAccountModel : EntityModel<OddAccount>
{
    public OddAccountModel(EntityLayout layout)
        : base("account", account => account.Id, ConformanceJson.Default.OddAccount)
    {
        StoreAs(layout);
        MayExpire();
        Version(account => account.Version, (account, version) => account with { Version = version });
    }
}
