namespace RedisPatterns.Testing;

/// <summary>The second schema of a model of whose entities nothing is remembered.</summary>
internal sealed class PlainModel : EntityModel<Profile>
{
    public PlainModel(EntityLayout layout)
        : base("plain", profile => profile.Id, ConformanceJson.Default.Profile)
    {
        StoreAs(layout);
        Schema(2).UpgradeFrom(1, json => json.Rename("name", "fullName"));
        Visits = Field("visits", profile => profile.Visits);
    }

    public EntityField<Profile, int> Visits { get; }
}
