namespace RedisPatterns.Benchmarks.Data;

/// <summary>A unique value; then two tags and a range; then another range, tag, a composite and a prefix index: so many of them.</summary>
internal sealed class IndexedUserModel : EntityModel<User>
{
    public const int Some = 4;
    public const int All = 8;

    public IndexedUserModel(int count)
        : base("user", user => user.Id, UserJson.Default.User)
    {
        Version(user => user.Version, (user, version) => user with { Version = version });
        Unique("email", user => user.Email);
        if (count >= Some)
        {
            Tag("status", user => user.Status);
            Tag("city", user => user.City);
            Range("age", user => user.Age);
        }

        if (count >= All)
        {
            ByCreated = Range("created", user => user.Created);
            Tag("first-name", user => user.FirstName);
            ByStatusAge = Composite("status-age", user => user.Status, user => user.Age);
            Prefix("last-name", user => user.LastName.ToLowerInvariant());
        }
    }

    public RangeIndex<User, DateTimeOffset>? ByCreated { get; }

    public CompositeIndex<User, string, int>? ByStatusAge { get; }
}
