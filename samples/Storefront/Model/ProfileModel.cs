using RedisPatterns;

namespace Storefront.Model;

/// <summary>How version 2 stores profiles: each member is a field of a hash, and what version 1 wrote is upgraded.</summary>
public sealed class ProfileModel : EntityModel<Profile>
{
    public ProfileModel()
        : base("profile", p => p.Id, StorefrontJson.Default.Profile)
    {
        StoreAs(EntityLayout.Hash);
        Schema(2).UpgradeFrom(1, json => json.Rename("name", "fullName"));
        FullName = Field("fullName", p => p.FullName);
        Email = Field("email", p => p.Email);
        City = Field("city", p => p.City);
        Logins = Field("logins", p => p.Logins);
        ByEmail = Unique("email", Email);
        ByCity = Tag("city", City);
    }

    public EntityField<Profile, string> FullName { get; }

    public EntityField<Profile, string> Email { get; }

    public EntityField<Profile, string> City { get; }

    public EntityField<Profile, int> Logins { get; }

    public UniqueIndex<Profile, string> ByEmail { get; }

    public TagIndex<Profile, string> ByCity { get; }
}
