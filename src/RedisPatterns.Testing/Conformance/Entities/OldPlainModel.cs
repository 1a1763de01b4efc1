namespace RedisPatterns.Testing;

/// <summary>The first schema of a model of whose entities nothing is remembered: no index, no version.</summary>
internal sealed class OldPlainModel : EntityModel<OldProfile>
{
    public OldPlainModel(EntityLayout layout)
        : base("plain", profile => profile.Id, ConformanceJson.Default.OldProfile)
    {
        StoreAs(layout);
        Schema(1);
        Visits = Field("visits", profile => profile.Visits);
    }

    public EntityField<OldProfile, int> Visits { get; }
}
