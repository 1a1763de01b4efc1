namespace RedisPatterns.Testing;

/// <summary>The model of what is patched: every kind of field, and every kind of index over fields.</summary>
internal class AccountModel : EntityModel<Account>
{
    public AccountModel(EntityLayout layout)
        : this(layout, isOpaque: false) => MayExpire();

    protected AccountModel(EntityLayout layout, bool isOpaque)
        : base("account", account => account.Id, ConformanceJson.Default.Account)
    {
        StoreAs(layout);
        Version(account => account.Version, (account, version) => account with { Version = version });
        Email = Field("email", account => account.Email);
        Status = Field("status", account => account.Status);
        Labels = Collection("labels", account => account.Labels);
        Count = Field("count", account => account.Count);
        Maybe = Field("maybe", account => account.Maybe);
        Big = Field("big", account => account.Big);
        Balance = Field("balance", account => account.Balance);
        Ratio = Field("ratio", account => account.Ratio);
        Text = Field("text", account => account.Text);
        Home = Field("home", account => account.Home);
        Places = Collection("places", account => account.Places);
        Numbers = Collection("numbers", account => account.Numbers);
        ByEmail = isOpaque ? Unique("email", account => account.Email) : Unique("email", Email);
        ByStatus = isOpaque ? Tag("status", account => account.Status) : Tag("status", Status);
        ByMaybe = isOpaque ? Tag("maybe", account => account.Maybe) : Tag("maybe", Maybe);
        ByLabel = isOpaque ? Tags("label", account => account.Labels) : Tags("label", Labels);
        ByCount = isOpaque ? Range("count", account => account.Count) : Range("count", Count);
        ByCity = isOpaque ? Tag("city", account => account.Home?.Name) : Tag("city", Home, home => home?.Name);
    }

    public EntityField<Account, string?> Email { get; }

    public EntityField<Account, string?> Status { get; }

    public EntityCollection<Account, string> Labels { get; }

    public new EntityField<Account, int> Count { get; }

    public EntityField<Account, int?> Maybe { get; }

    public EntityField<Account, long> Big { get; }

    public EntityField<Account, decimal> Balance { get; }

    public EntityField<Account, double> Ratio { get; }

    public EntityField<Account, string> Text { get; }

    public EntityField<Account, Place?> Home { get; }

    public EntityCollection<Account, Place> Places { get; }

    public EntityCollection<Account, int> Numbers { get; }

    public UniqueIndex<Account, string?> ByEmail { get; }

    public TagIndex<Account, string?> ByStatus { get; }

    public TagIndex<Account, int?> ByMaybe { get; }

    public TagIndex<Account, string> ByLabel { get; }

    public RangeIndex<Account, int> ByCount { get; }

    public TagIndex<Account, string?> ByCity { get; }
}
