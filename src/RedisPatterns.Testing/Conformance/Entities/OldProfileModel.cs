namespace RedisPatterns.Testing;

/// <summary>The model of the first schema.</summary>
internal sealed class OldProfileModel : EntityModel<OldProfile>
{
    public OldProfileModel(EntityLayout layout, bool preserves = false, bool versions = true)
        : base("profile", profile => profile.Id, ConformanceJson.Default.OldProfile)
    {
        StoreAs(layout);
        if (versions)
        {
            Version(profile => profile.Version, (profile, version) => profile with { Version = version });
        }

        if (preserves)
        {
            Schema(1).PreserveUnknownMembers();
        }

        Visits = Field("visits", profile => profile.Visits);
        ByName = Tag("name", profile => profile.Name);
    }

    public EntityField<OldProfile, int> Visits { get; }

    public TagIndex<OldProfile, string?> ByName { get; }
}
