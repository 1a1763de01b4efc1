using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Documentation;

// snippet: patch-model
public sealed record Account(
    string Id, string Email, string City, int Logins, decimal Balance, string? Note, IReadOnlyList<string> Badges, long Version = 0);

public sealed class AccountModel : EntityModel<Account>
{
    public AccountModel(EntityLayout layout)
        : base("account", a => a.Id, AccountJson.Default.Account)
    {
        StoreAs(layout);
        Version(a => a.Version, (a, version) => a with { Version = version });

        Email = Field("email", a => a.Email);
        City = Field("city", a => a.City);
        Logins = Field("logins", a => a.Logins);
        Balance = Field("balance", a => a.Balance);
        Note = Field("note", a => a.Note);
        Badges = Collection("badges", a => a.Badges);

        ByEmail = Unique("email", Email, email => email.ToLowerInvariant());
        ByCity = Tag("city", City);
        ByBadge = Tags("badge", Badges);
        ByLogins = Range("logins", Logins);
    }

    public EntityField<Account, string> Email { get; }

    public EntityField<Account, string> City { get; }

    public EntityField<Account, int> Logins { get; }

    public EntityField<Account, decimal> Balance { get; }

    public EntityField<Account, string?> Note { get; }

    public EntityCollection<Account, string> Badges { get; }

    public UniqueIndex<Account, string> ByEmail { get; }

    public TagIndex<Account, string> ByCity { get; }

    public TagIndex<Account, string> ByBadge { get; }

    public RangeIndex<Account, int> ByLogins { get; }
}

[JsonSerializable(typeof(Account))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class AccountJson : JsonSerializerContext;

// end-snippet
