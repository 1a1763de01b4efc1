using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

// snippet: model
public sealed record User(string Id, string Email, string City, int Age, long Version = 0);

[JsonSerializable(typeof(User))]
public sealed partial class ShopJson : JsonSerializerContext;

public sealed class UserModel : EntityModel<User>
{
    public UserModel()
        : base("user", u => u.Id, ShopJson.Default.User)
    {
        Version(u => u.Version, (u, version) => u with { Version = version });
        ByEmail = Unique("email", u => u.Email.ToLowerInvariant());
        ByCity = Tag("city", u => u.City);
        ByAge = Range("age", u => u.Age);
    }

    public UniqueIndex<User, string> ByEmail { get; }

    public TagIndex<User, string> ByCity { get; }

    public RangeIndex<User, int> ByAge { get; }
}

// end-snippet
public static class QuickStart
{
    public static async Task<IReadOnlyList<User>> RunAsync()
    {
        // snippet: quick-start
        await using var store = new InMemoryKeyValueStore();
        var shop = store.Keyspace("shop");
        var users = shop.Repository<User, UserModel>(new UserModel());

        // The document, its index entries, its unique claim and its version: one round trip, all or nothing.
        var alice = await users.InsertAsync(new User("u1", "Alice@example.com", "Oslo", 31));

        // By a unique value. What is not indexed does not compile.
        var found = await users.FindAsync(m => m.ByEmail, "alice@example.com");

        // Somebody else has changed her meanwhile: VersionConflictException. Her address is taken: DuplicateValueException.
        alice = await users.UpdateAsync(alice with { City = "Bergen" });

        // Several entities, one round trip, all or nothing.
        var change = shop.Change();
        change.Update(users, alice with { Age = 32 });
        change.Insert(users, new User("u2", "bob@example.com", "Bergen", 27));
        await change.CommitAsync();

        var young = await users
            .Query(m => m.ByCity.AnyOf("Bergen", "Oslo") & m.ByAge.LessThan(35))
            .OrderBy(m => m.ByAge)
            .Take(20)
            .ToListAsync();

        // end-snippet
        return [found!, .. young];
    }
}
