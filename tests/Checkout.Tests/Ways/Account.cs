using System.Text.Json.Serialization;
using RedisPatterns;

namespace Checkout.Tests.Ways;

/// <summary>An account as an entity.</summary>
public sealed record Account(string Id, long Cents, long Version = 0);

public sealed class AccountModel : EntityModel<Account>
{
    public AccountModel()
        : base("account", a => a.Id, WaysJson.Default.Account)
    {
        StoreAs(EntityLayout.Hash);
        Version(a => a.Version, (a, version) => a with { Version = version });
        Cents = Field("cents", a => a.Cents);
    }

    public EntityField<Account, long> Cents { get; }
}

/// <summary>A transfer that was made, as an entity.</summary>
public sealed record Entry(string Id, string From, string To, long Cents);

public sealed class EntryModel : EntityModel<Entry>
{
    public EntryModel()
        : base("entry", e => e.Id, WaysJson.Default.Entry)
    {
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Entry))]
public sealed partial class WaysJson : JsonSerializerContext;
