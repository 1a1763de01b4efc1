namespace RedisPatterns.Benchmarks.Data;

/// <summary>One unique, two tags, two ranges, a version.</summary>
internal sealed class UserModel : EntityModel<User>
{
    public UserModel()
        : base("user", user => user.Id, UserJson.Default.User)
    {
        Version(user => user.Version, (user, version) => user with { Version = version });
        ByEmail = Unique("email", user => user.Email);
        ByStatus = Tag("status", user => user.Status);
        ByCity = Tag("city", user => user.City);
        ByAge = Range("age", user => user.Age);
        ByCreated = Range("created", user => user.Created);
    }

    public UniqueIndex<User, string> ByEmail { get; }

    public TagIndex<User, string> ByStatus { get; }

    public TagIndex<User, string> ByCity { get; }

    public RangeIndex<User, int> ByAge { get; }

    public RangeIndex<User, DateTimeOffset> ByCreated { get; }
}
