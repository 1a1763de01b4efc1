using RedisPatterns;

namespace Storefront.Model;

/// <summary>How version 1 of the program stores profiles.</summary>
public sealed class OldProfileModel : EntityModel<OldProfile>
{
    public OldProfileModel()
        : base("profile", p => p.Id, StorefrontJson.Default.OldProfile)
    {
        StoreAs(EntityLayout.Hash);
        ByEmail = Unique("email", p => p.Email);
        ByCity = Tag("city", p => p.City);
    }

    public UniqueIndex<OldProfile, string> ByEmail { get; }

    public TagIndex<OldProfile, string> ByCity { get; }
}
