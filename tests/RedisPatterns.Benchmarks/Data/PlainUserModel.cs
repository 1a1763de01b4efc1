namespace RedisPatterns.Benchmarks.Data;

/// <summary>Users without index and version, in one layout.</summary>
internal sealed class PlainUserModel : EntityModel<User>
{
    public PlainUserModel(string name, EntityLayout layout)
        : base(name, user => user.Id, UserJson.Default.User)
    {
        StoreAs(layout);
        Age = Field("age", user => user.Age);
        Status = Field("status", user => user.Status);
    }

    public EntityField<User, int> Age { get; }

    public EntityField<User, string> Status { get; }
}
