namespace RedisPatterns.Testing;

/// <summary>The model of the second schema: another index besides.</summary>
internal sealed class ProfileModel : EntityModel<Profile>
{
    public ProfileModel(EntityLayout layout, bool writesBack = false)
        : base("profile", profile => profile.Id, ConformanceJson.Default.Profile)
    {
        StoreAs(layout);
        Version(profile => profile.Version, (profile, version) => profile with { Version = version });
        var schema = Schema(2).UpgradeFrom(1, json =>
        {
            // An old profile without a name can not be upgraded.
            _ = json["name"] ?? throw new InvalidOperationException("There is no name.");
            json.Rename("name", "fullName");
        });
        if (writesBack)
        {
            schema.WriteBack();
        }

        Visits = Field("visits", profile => profile.Visits);
        ByName = Tag("name", profile => profile.FullName);
        ByVisits = Range("visits", Visits);
    }

    public EntityField<Profile, int> Visits { get; }

    public TagIndex<Profile, string> ByName { get; }

    public RangeIndex<Profile, int> ByVisits { get; }
}
