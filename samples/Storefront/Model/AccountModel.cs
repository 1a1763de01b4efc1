using RedisPatterns;

namespace Storefront.Model;

/// <summary>How accounts are stored.</summary>
public sealed class AccountModel : EntityModel<Account>
{
    public AccountModel()
        : base("account", a => a.Id, StorefrontJson.Default.Account)
    {
        StoreAs(EntityLayout.Hash);
        Version(a => a.Version, (a, version) => a with { Version = version });
        BalanceCents = Field("balanceCents", a => a.BalanceCents);
    }

    public EntityField<Account, long> BalanceCents { get; }
}
