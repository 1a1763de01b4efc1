using System.Text.Json.Serialization;

namespace RedisPatterns.StackExchangeRedis.Tests;

internal sealed record Member(string Id, string Email, string Status, string City, int Age, long Version = 0);

internal sealed class MemberModel : EntityModel<Member>
{
    public MemberModel()
        : base("member", member => member.Id, MemberJson.Default.Member)
    {
        Version(member => member.Version, (member, version) => member with { Version = version });
        ByEmail = Unique("email", member => member.Email);
        ByStatus = Tag("status", member => member.Status);
        ByCity = Tag("city", member => member.City);
        ByAge = Range("age", member => member.Age);
    }

    public UniqueIndex<Member, string> ByEmail { get; }

    public TagIndex<Member, string> ByStatus { get; }

    public TagIndex<Member, string> ByCity { get; }

    public RangeIndex<Member, int> ByAge { get; }
}

[JsonSerializable(typeof(Member))]
internal sealed partial class MemberJson : JsonSerializerContext;
