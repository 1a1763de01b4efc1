namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A model of gadgets, as a variant says.</summary>
internal sealed class GadgetModel : EntityModel<Gadget>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(3);

    public GadgetModel(GadgetVariant variant)
        : base(variant.Name, gadget => gadget.Id, GadgetJson.Default.Gadget)
    {
        Variant = variant;
        StoreAs(variant.Layout);
        if (variant.HasVersion)
        {
            Version(gadget => gadget.Version, (gadget, version) => gadget with { Version = version });
        }

        Email = Field("email", gadget => gadget.Email);
        Status = Field("status", gadget => gadget.Status);
        Labels = Collection<string>("labels", gadget => gadget.Labels);
        Rank = Field("rank", gadget => gadget.Rank);
        Price = Field("price", gadget => gadget.Price);
        Count = Field("count", gadget => gadget.Count);
        Big = Field("big", gadget => gadget.Big);
        Balance = Field("balance", gadget => gadget.Balance);
        Ratio = Field("ratio", gadget => gadget.Ratio);
        Note = Field("note", gadget => gadget.Note);
        Numbers = Collection<int>("numbers", gadget => gadget.Numbers);
        EndsAt = Field("endsAt", gadget => gadget.EndsAt);
        DeclareIndexes(variant.Indexes);
        DeclareSchema(variant.Schema);
        DeclareExpiry(variant.Expiry);
    }

    public GadgetVariant Variant { get; }

    public EntityField<Gadget, string?> Email { get; }

    public EntityField<Gadget, string?> Status { get; }

    public EntityCollection<Gadget, string> Labels { get; }

    public EntityField<Gadget, int?> Rank { get; }

    public EntityField<Gadget, decimal> Price { get; }

    public new EntityField<Gadget, int> Count { get; }

    public EntityField<Gadget, long> Big { get; }

    public EntityField<Gadget, decimal> Balance { get; }

    public EntityField<Gadget, double> Ratio { get; }

    public EntityField<Gadget, string?> Note { get; }

    public EntityCollection<Gadget, int> Numbers { get; }

    public EntityField<Gadget, DateTimeOffset?> EndsAt { get; }

    public UniqueIndex<Gadget, string?>? ByEmail { get; private set; }

    public TagIndex<Gadget, string?>? ByStatus { get; private set; }

    public TagIndex<Gadget, string>? ByLabel { get; private set; }

    public TagIndex<Gadget, int>? ByNumber { get; private set; }

    public RangeIndex<Gadget, int?>? ByRank { get; private set; }

    public RangeIndex<Gadget, decimal>? ByPrice { get; private set; }

    public GroupTotal<Gadget, string?, long>? PerStatus { get; private set; }

    public PeriodGroupTotal<Gadget, string?, long>? CountPerDay { get; private set; }

    public GroupTotal<Gadget, string?, decimal>? Worth { get; private set; }

    private void DeclareIndexes(GadgetIndexes indexes)
    {
        switch (indexes)
        {
            case GadgetIndexes.Few:
                ByStatus = Tag("status", Status);
                ByRank = Range("rank", Rank);
                PerStatus = Count("per-status", Status);
                CountPerDay = Sum("count-per-day", gadget => gadget.Count, Period.Day, gadget => gadget.EndsAt, gadget => gadget.Status, from: [Count, EndsAt, Status]);
                break;
            case GadgetIndexes.OfFields:
                ByEmail = Unique("email", Email);
                ByStatus = Tag("status", Status);
                ByLabel = Tags("label", Labels);
                ByNumber = Tags("number", Numbers);
                ByRank = Range("rank", Rank);
                ByPrice = Range("price", Price);
                break;
            case GadgetIndexes.OfFunctions:
                ByEmail = Unique("email", gadget => gadget.Email);
                ByLabel = Tags<string>("label", gadget => gadget.Labels);
                ByRank = Range("rank", gadget => gadget.Rank);
                Worth = Sum("worth", gadget => gadget.Price, gadget => gadget.Status, decimals: 2);
                break;
        }
    }

    private void DeclareSchema(GadgetSchema schema)
    {
        if (schema is GadgetSchema.FirstDeclared or GadgetSchema.FirstPreserving)
        {
            var first = Schema(1);
            _ = schema == GadgetSchema.FirstPreserving ? first.PreserveUnknownMembers() : first;
        }

        if (schema < GadgetSchema.Second)
        {
            return;
        }

        var second = Schema(2).UpgradeFrom(1, json =>
        {
            json.Remove("note");
            json.Rename("remark", "note");
        });
        if (schema == GadgetSchema.SecondWritingBack)
        {
            second.WriteBack();
        }
        else if (schema == GadgetSchema.SecondPreserving)
        {
            second.PreserveUnknownMembers();
        }
    }

    private void DeclareExpiry(GadgetExpiry expiry)
    {
        switch (expiry)
        {
            case GadgetExpiry.PerCall:
                MayExpire();
                break;
            case GadgetExpiry.After:
                ExpireAfter(Lifetime);
                break;
            case GadgetExpiry.Sliding:
                ExpireAfterInactivity(Lifetime);
                break;
            case GadgetExpiry.At:
                ExpireAt(gadget => gadget.EndsAt);
                break;
        }
    }
}
